/** The people an export names: sellers, whom they report to, and whom those report to. */

import { shown } from '../form/problems.ts';
import type { MappedPeople, Mapping } from '../playbook/mapping.ts';
import type { People } from '../who/people.ts';
import { PersonIds } from './person-ids.ts';
import { cellIn, type JoinedTables, type RowProblem, type Table, type TableRow } from './tables.ts';

/** A person as the export tells of them; ready for a `join` command. */
export interface MappedPerson {
  readonly person: string;
  readonly name: string;
  readonly role: string;
  readonly manager?: string;
  readonly region?: string;
  readonly email?: string;
  /** Where the export names them first. */
  readonly line: number;
  readonly column: string;
}

export interface MappedTeam {
  /** By rank: those who stand above are in an earlier list. */
  readonly ranks: readonly (readonly MappedPerson[])[];
  readonly problems: readonly RowProblem[];
}

/** A column of the people table and what those named in it are. */
interface Rank {
  readonly column: string;
  readonly role: string;
  /** The region column speaks of them: of those above it only where they are the regions themselves. */
  readonly hasRegion: boolean;
}

const LONGEST_NAME = 200;
const UNSAFE = /[\0\ud800-\udfff]/u;

/**
 * Everybody named in the people table, each once, at the highest rank they are named in. Somebody already known by name
 * keeps the id they have. Where a person is named with two superiors the first counts, and the second is told.
 *
 * @param sha256 hex digest, for names that leave no id in Latin letters
 */
export function mapPeople(
  mapping: Mapping,
  tables: JoinedTables,
  known: People,
  sha256: (text: string) => string,
): MappedTeam {
  const rule = mapping.people;
  const table = rule && tables.table(rule.table);
  if (rule === undefined || table === undefined) return { ranks: [], problems: [] };
  const above = rule.manager?.reports_to;
  const ranks: readonly Rank[] = [
    ...(above === undefined ? [] : [{ ...above, hasRegion: above.column === rule.region }]),
    ...(rule.manager === undefined ? [] : [{ column: rule.manager.column, role: rule.manager.role, hasRegion: true }]),
    { column: rule.name, role: rule.role, hasRegion: true },
  ];
  const team = new Team(table, rule, new PersonIds(known, sha256));
  return { ranks: ranks.map((rank, index) => team.join(rank, ranks[index - 1])), problems: team.problems };
}

class Team {
  readonly problems: RowProblem[] = [];
  private readonly met = new Map<string, MappedPerson>();
  private readonly table: Table;
  private readonly rule: MappedPeople;
  private readonly ids: PersonIds;

  constructor(table: Table, rule: MappedPeople, ids: PersonIds) {
    this.table = table;
    this.rule = rule;
    this.ids = ids;
  }

  /** Everybody named in the rank's column who has not been met in a higher one. */
  join(rank: Rank, above: Rank | undefined): readonly MappedPerson[] {
    const joined: MappedPerson[] = [];
    for (const row of this.table.rows) {
      const person = this.idIn(row, rank.column);
      if (person === undefined) continue;
      const manager = above && this.idIn(row, above.column);
      const before = this.met.get(person);
      if (before !== undefined) {
        if (before.column === rank.column && before.manager !== manager) this.contradiction(row, rank, before);
        continue;
      }
      const { name, region: regions, email: emails } = this.rule;
      const region = rank.hasRegion && regions !== undefined ? cellIn(this.table, row, regions) : undefined;
      const email = rank.column === name && emails !== undefined ? cellIn(this.table, row, emails) : undefined;
      const mapped: MappedPerson = {
        person,
        name: cellIn(this.table, row, rank.column) ?? '',
        role: rank.role,
        ...(manager !== undefined && manager !== person && { manager }),
        ...(region !== undefined && { region }),
        ...(email !== undefined && { email }),
        line: row.line,
        column: rank.column,
      };
      this.met.set(person, mapped);
      joined.push(mapped);
    }
    return joined;
  }

  private idIn(row: TableRow, column: string): string | undefined {
    const name = row.misfit === undefined ? cellIn(this.table, row, column) : undefined;
    if (name === undefined) return undefined;
    if (name.length <= LONGEST_NAME && !UNSAFE.test(name)) return this.ids.idOf(name);
    this.tell(row.line, column, `${shown(name)} 不能作姓名`, `${shown(name)} cannot be a name`);
    return undefined;
  }

  private contradiction(row: TableRow, { column }: Rank, before: MappedPerson): void {
    this.tell(
      row.line,
      column,
      `${shown(before.name)} 在第 ${before.line} 行有另一个上级，以那一行为准`,
      `${shown(before.name)} has another superior in line ${before.line}, which counts`,
    );
  }

  private tell(line: number, column: string, zh: string, en: string): void {
    const { file } = this.table;
    if (this.problems.some((one) => one.line === line && one.column === column)) return;
    this.problems.push({ file, line, column, message: { zh, en } });
  }
}
