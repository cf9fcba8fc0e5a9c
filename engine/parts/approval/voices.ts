/** Counts voices: what a step has come to, and whose answer it still waits for. */

import type { Quorum } from '../../playbook/approval.ts';
import type { Answer, Ask, Helper } from './record.ts';

/** A place for one answer. */
export interface Seat {
  readonly kind: 'seat';
  readonly seat: string;
  /** Any one of them answers for the seat. */
  readonly asks: readonly Ask[];
  /** Who may answer besides: who is meant and away. */
  readonly may: readonly string[];
  readonly answer?: Answer;
  /** Who has the task for advice now. */
  readonly helper?: Helper;
  /** Its limits must cover the case, whoever holds it. */
  readonly needs_authority: boolean;
}

/** The voices of a step, laid out with who speaks for each. */
export type Bench =
  | Seat
  | { readonly kind: 'group'; readonly of: readonly Bench[]; readonly quorum: Quorum }
  /** One after another, every one needed: a seat with the signers added before and after it. */
  | { readonly kind: 'row'; readonly of: readonly Bench[] };

export type Standing = 'approved' | 'rejected' | 'open';

/** Rejected as soon as what is left cannot make the quorum; a group without any voice stays open. */
export function standingOf(bench: Bench): Standing {
  if (bench.kind === 'seat') return bench.answer?.answer ?? 'open';
  const standings = bench.of.map(standingOf);
  if (bench.kind === 'row') {
    if (standings.includes('rejected')) return 'rejected';
    return standings.includes('open') ? 'open' : 'approved';
  }
  if (standings.length === 0) return 'open';
  const needed = bench.quorum === 'all' ? standings.length : bench.quorum === 'any' ? 1 : bench.quorum;
  const count = (standing: Standing): number => standings.filter((one) => one === standing).length;
  if (count('approved') >= needed) return 'approved';
  return standings.length - count('rejected') < needed && count('rejected') > 0 ? 'rejected' : 'open';
}

/** The seats whose answer would still change something. */
export function openSeats(bench: Bench): readonly Seat[] {
  if (standingOf(bench) !== 'open') return [];
  if (bench.kind === 'seat') return [bench];
  if (bench.kind === 'group') return bench.of.flatMap(openSeats);
  const next = bench.of.find((one) => standingOf(one) === 'open');
  return next === undefined ? [] : openSeats(next);
}

export function seatsOf(bench: Bench): readonly Seat[] {
  return bench.kind === 'seat' ? [bench] : bench.of.flatMap(seatsOf);
}
