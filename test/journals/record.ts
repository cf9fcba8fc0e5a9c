/** Records journals of cases and people as the code of today writes them, for the releases that come after. */

import { mkdir, writeFile } from 'node:fs/promises';
import fc from 'fast-check';
import { fromMs } from '../../engine/time/instant.ts';
import type { People } from '../../engine/who/people.ts';
import { caseDecider } from '../../store/case-decider.ts';
import type { Decider, Scene } from '../../store/decider.ts';
import { draft, type Head, NEW_HEAD } from '../../store/draft.ts';
import { currentRules } from '../../store/known.ts';
import { personDecider } from '../../store/person-decider.ts';
import type { KeptText } from '../../store/personal-text.ts';
import { people } from '../case/playbook-fixture.ts';
import { randomSet } from '../case/random-playbook.ts';
import { OWNER, type RandomStep, randomOpening, randomSteps } from '../case/random-steps.ts';
import { START_MS } from '../case/run-case.ts';
import type { RecordedJournal } from './recorded.ts';

/** Writes the fewest of so many walks that show every event seen in any of them; 1,200 see all there are. */
export async function record(folder: string, count: number): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const walks = fc.sample(fc.tuple(randomSet, randomOpening, randomSteps), { numRuns: count, seed: 4 });
  const journals = walks.map(([playbook, opening, steps]) => {
    const scene = { id: 'case-1', playbook, rules: undefined, people };
    return journalOf(caseDecider, scene, [opening, ...steps]);
  });
  const chosen = [...fewest(journals), personJournal()];
  const names = chosen.map((journal, index) => `${journal.kind}-${index + 1}.json`);
  for (const [index, journal] of chosen.entries()) {
    await writeFile(`${folder}/${names[index]}`, `${JSON.stringify(journal)}\n`);
  }
  return names;
}

/** A life of a person with every event there is. */
function personJournal(): RecordedJournal {
  const message = {
    kind: 'digest',
    case: 'case-1',
    case_title: 'Data platform 数据平台',
    title: { zh: '停滞通报：数据平台', en: 'stalled: Data platform' },
    text: { zh: '两个案件停滞', en: 'two cases are stalled' },
    items: [{ case: 'case-1', case_title: 'Data platform', text: { zh: '负责人：安', en: 'it belongs to Ann' } }],
  };
  const profile = { name: '安 Ann', role: 'rep', manager: 'mia', region: 'east', email: 'ann@example.org', lang: 'zh' };
  const steps: RandomStep[] = [
    { actor: 'system', body: { command: 'join', ...profile }, waitMs: 0 },
    { actor: 'root', body: { command: 'join', ...profile, region: 'west' }, waitMs: 1 },
    { actor: 'system', body: { command: 'receive', message }, waitMs: 1 },
    { actor: 'ann', body: { command: 'read', items: ['1'] }, waitMs: 1 },
    { actor: 'system', body: { command: 'join', ...profile }, waitMs: 1 },
  ];
  const [set] = fc.sample(randomSet, { numRuns: 1, seed: 4 });
  const admin = {
    ...people.by_id['root'],
    person: 'root',
    role: 'admin',
    name: 'Root',
    lang: 'en',
    active: true,
  } as const;
  const known: People = { version: 1, by_id: { ...people.by_id, root: admin } };
  return journalOf(personDecider, { id: 'ann', playbook: set, rules: undefined, people: known }, steps);
}

function journalOf<S extends object, C, E>(
  decider: Decider<S, C, E>,
  start: Omit<Scene, 'now'>,
  steps: readonly RandomStep[],
): RecordedJournal {
  let head: Head<S> = NEW_HEAD;
  let scene = start;
  let nowMs = START_MS;
  const entries: { text: string; hash: string; texts: readonly KeptText[] }[] = [];
  const seen = new Set<string>();
  for (const [index, { actor, body, waitMs }] of steps.entries()) {
    nowMs += waitMs;
    const who = actor === OWNER ? ownerOf(head.state) : actor;
    // The decider checks bodies itself.
    const envelope = { id: `c${index}`, actor: who, body: body as C };
    const { reply, draft: made } = draft(decider, { ...scene, now: fromMs(nowMs) }, head, envelope);
    if (made === undefined) continue;
    head = made.head;
    const hash = head.state === undefined ? undefined : decider.rulesOf(head.state);
    scene = { ...scene, rules: hash === undefined ? undefined : currentRules(scene.playbook as never, hash) };
    const { sealed } = made;
    entries.push({ text: sealed.text, hash: sealed.hash, texts: sealed.apart });
    if (reply.outcome === 'accepted') for (const event of reply.events) seen.add(nameOf(event));
  }
  const { kind } = decider;
  return {
    kind,
    id: start.id,
    set: start.playbook,
    people: start.people,
    events: [...seen].sort(),
    entries,
    state: head.state,
  };
}

function nameOf(event: unknown): string {
  return (event as { event: string }).event;
}

function fewest(journals: readonly RecordedJournal[]): RecordedJournal[] {
  const missing = new Set(journals.flatMap((journal) => journal.events));
  const chosen: RecordedJournal[] = [];
  while (missing.size > 0) {
    const gain = (journal: RecordedJournal) => journal.events.filter((name) => missing.has(name)).length;
    const best = journals.reduce((a, b) => (gain(b) > gain(a) ? b : a));
    for (const name of best.events) missing.delete(name);
    chosen.push(best);
  }
  return chosen;
}

function ownerOf(state: object | undefined): string {
  return state !== undefined && 'owner' in state ? String(state.owner) : 'ann';
}
