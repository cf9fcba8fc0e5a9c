/** Ids for people of whom an export tells the name only. */

import type { People } from '../who/people.ts';

/** One id for one name, readable where the name allows it. */
export class PersonIds {
  private readonly byName = new Map<string, string>();
  private readonly taken = new Set<string>();
  private readonly sha256: (text: string) => string;

  constructor(known: People, sha256: (text: string) => string) {
    this.sha256 = sha256;
    for (const person of Object.values(known.by_id)) {
      const name = foldName(person.name);
      if (!this.byName.has(name)) this.byName.set(name, person.person);
      this.taken.add(person.person);
    }
  }

  idOf(name: string): string {
    const folded = foldName(name);
    const known = this.byName.get(folded);
    if (known !== undefined) return known;
    const plain = folded
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '');
    const short = this.sha256(folded).slice(0, 8);
    const id = plain === '' ? `p-${short}` : this.taken.has(plain) ? `${plain}-${short}` : plain;
    this.byName.set(folded, id);
    this.taken.add(id);
    return id;
  }
}

/** Names are the same when they differ in case and spaces alone. */
export function foldName(name: string): string {
  return name.trim().replace(/\s+/g, ' ').toLowerCase();
}
