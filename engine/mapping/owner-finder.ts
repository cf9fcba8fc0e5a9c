/** Who is meant by the cell of an owner: a name, an address or an id, as the file spells them. */

import type { Mapping } from '../playbook/mapping.ts';
import type { People, Person } from '../who/people.ts';
import type { OwnerFound } from './map-row.ts';
import { foldName } from './person-ids.ts';
import { meaningOf } from './words.ts';

/** `Ann Lee <ann@example.com>` */
const ADDRESS = /[^\s<>()"';,]+@[^\s<>()"';,]+/;

/** Somebody who has left is meant where nobody else goes by the name: they may own what is over. */
export function ownerFinder({ owner }: Mapping, people: People): (cell: string) => OwnerFound {
  const found = new Map<string, Person[]>();
  for (const person of Object.values(people.by_id)) {
    const key = { name: person.name, email: person.email, id: person.person }[owner.person_by];
    if (key === undefined) continue;
    const folded = foldName(key);
    found.set(folded, [...(found.get(folded) ?? []), person]);
  }
  const replacement =
    owner.unknown !== undefined && Object.hasOwn(people.by_id, owner.unknown) ? owner.unknown : undefined;
  const byName = (cell: string): OwnerFound => {
    const all = found.get(foldName(cell)) ?? [];
    const active = all.filter((person) => person.active);
    const [first, second] = active.length > 0 ? active : all;
    if (first === undefined) return { why: 'nobody' };
    return second === undefined ? { person: first.person } : { why: 'several' };
  };
  return (cell) => {
    const meant = owner.values === undefined ? undefined : meaningOf(owner.values, cell);
    if (meant !== undefined) return Object.hasOwn(people.by_id, meant) ? { person: meant } : { why: 'nobody' };
    const who = byName(owner.person_by === 'email' ? (ADDRESS.exec(cell)?.[0] ?? cell) : cell);
    const isUnknown = who.person === undefined && who.why === 'nobody';
    return isUnknown && replacement !== undefined ? { person: replacement, isReplaced: true } : who;
  };
}
