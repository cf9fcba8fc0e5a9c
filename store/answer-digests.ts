/** Answers of evidence that are long enough to tell whether they were copied, as digests that can be looked up. */

import type { CaseState } from '../engine/case/state.ts';
import { plainName } from '../engine/plain-name.ts';
import type { Value } from '../engine/playbook/value.ts';
import { sha256 } from './hash.ts';
import type { Store } from './open-store.ts';

/** Characters: shorter texts are alike by chance. */
const TELLING = 20;
/** Enough of a digest to be unique among the answers of one installation. */
const DIGEST_CHARACTERS = 24;
/** Others at most: where more are alike it is a form letter. */
const MOST = 20;

export interface Answer {
  readonly evidence: string;
  readonly field: string;
  readonly digest: string;
}

/** Of evidence that is submitted or accepted: long texts, whatever their capitals and blanks, and files. */
export function answerDigests({ evidence }: CaseState): readonly Answer[] {
  return Object.entries(evidence).flatMap(([name, { status, fields }]) => {
    if (status !== 'submitted' && status !== 'accepted') return [];
    return Object.entries(fields).flatMap(([field, value]) => {
      const text = tellingText(value);
      return text === undefined ? [] : [{ evidence: name, field, digest: sha256(text).slice(0, DIGEST_CHARACTERS) }];
    });
  });
}

function tellingText(value: Value): string | undefined {
  if (typeof value === 'object' && 'sha256' in value) return value.sha256;
  if (typeof value !== 'string') return undefined;
  const text = plainName(value);
  return [...text].length < TELLING ? undefined : text;
}

/** A case with the same answer. */
export interface Copy {
  readonly case: string;
  readonly owner: string;
  readonly answer: Answer;
}

/** Other cases that say the same in evidence of theirs, the oldest first. */
export async function copiesOf({ db }: Store, state: CaseState): Promise<readonly Copy[]> {
  const answers = answerDigests(state);
  if (answers.length === 0) return [];
  const wanted = answers.map(({ digest }) => digest);
  const others = await db
    .selectFrom('cases')
    .select(['id', 'owner', 'answer_digests'])
    .where((eb) => eb('answer_digests', '&&', eb.val(wanted)))
    .where('id', '<>', state.case)
    .orderBy('opened_at')
    .orderBy('id')
    .limit(MOST)
    .execute();
  return others.flatMap(({ id, owner, answer_digests: digests }) =>
    answers.filter(({ digest }) => digests.includes(digest)).map((answer) => ({ case: id, owner, answer })),
  );
}
