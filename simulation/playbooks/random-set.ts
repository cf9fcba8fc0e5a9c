/** Random playbooks, compiled by the real compiler from the text of their files. */

import { compileSet, type SourceFile } from '../../engine/language/compile-set.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import { sha256 } from '../../store/hash.ts';
import type { Chance } from '../chance.ts';
import { condition, proof, type Vocabulary } from './conditions.ts';
import { CALENDARS, fileOf, rolesOf, titled, type Written, type WrittenPart } from './files.ts';
import { randomInbox } from './random-inbox.ts';
import { randomLadder } from './random-ladder.ts';

export const PIPELINES = ['large', 'small'] as const;
export const STAGES = ['s0', 's1', 's2', 's3'] as const;
export const EVIDENCE = ['e0', 'e1', 'e2', 'e3'] as const;
const GATE_PAPERS = ['g0-paper', 'g1-paper'] as const;
export const ALL_EVIDENCE: readonly string[] = [...EVIDENCE, ...GATE_PAPERS];
export const LADDERS = ['stall', 'slow-stall'] as const;

const TRIES = 60;

export interface RandomSet {
  readonly set: PlaybookSet;
  readonly files: readonly SourceFile[];
}

/**
 * @param calendars which two of `CALENDARS` the pipelines count in; the same at every publishing of an installation
 * @throws Error when the compiler takes none of many
 */
export function randomSet(chance: Chance, calendars: readonly [number, number]): RandomSet {
  const complaints: string[] = [];
  for (let tries = 0; tries < TRIES; tries++) {
    const files = randomFiles(chance, calendars);
    const { set, diagnostics } = compileSet(files, { sha256 });
    if (set !== undefined) return { set, files };
    const first = diagnostics.find(({ severity }) => severity === 'error');
    complaints.push(`${first?.code}: ${first?.message.en}`);
  }
  throw new Error(`no random playbook compiles: ${[...new Set(complaints)].join('; ')}`);
}

function randomFiles(chance: Chance, calendars: readonly [number, number]): readonly SourceFile[] {
  const used = calendars.map((index) => CALENDARS[index] ?? {});
  const gates = Array.from({ length: chance.pick([0, 0, 1, 1, 2]) }, (_, index) => randomGate(chance, index));
  const pipelines = PIPELINES.map((id, index) => randomPipeline(chance, id, String(used[index]?.['calendar'])));
  const ladders = LADDERS.map((id) => randomLadder(chance, id, EVIDENCE));
  const walked = JSON.stringify(pipelines);
  const kept = ladders.filter((one) => walked.includes(`"ladder":"${String(one['ladder'])}"`));
  const roles = rolesOf(answering(chance, used[0]), chance.happens(0.5) ? answering(chance, used[1]) : {});
  return [roles, ...new Set(used), ...gates, ...pipelines, ...kept].map(fileOf);
}

/** When somebody works, and what may interrupt them. */
function answering(chance: Chance, calendar: Written | undefined): Written {
  return { calendar: String(calendar?.['calendar']), inbox: randomInbox(chance) };
}

function facts(chance: Chance): Written {
  const scored: Vocabulary = { evidence: [], milestones: [], isOpening: true, isScored: true };
  const of = (type: string, more: Written = {}): Written => ({ type, title: titled(type), ...more });
  return {
    size: of('number'),
    price: of('number'),
    warm: of('yes_no'),
    segment: of('choice', { choices: ['new', 'old'] }),
    signing: of('date'),
    backer: of('person'),
    rebate: of('percent', { from: { ratio: [{ minus: ['price', 'size'] }, 'price'] } }),
    double: of('number', { from: { times: ['size', 2] } }),
    score: of('number', { from: { score: [{ when: condition(chance, scored, 1), points: 2 }] } }),
  };
}

function paper(chance: Chance, id: string): Written {
  const accepted_by = chance.pick(['', '', 'manager', 'manager', 'director', 'finance', 'backer']);
  const fresh_for = chance.pick(['', '', '', '12 days', '36 hours', '10 business days', '60 days']);
  return {
    evidence: id,
    title: titled(id),
    ...(chance.happens(0.5) && {
      fields: { said: { type: 'text' }, on: { type: 'date', optional: true }, count: { type: 'number', min: 0 } },
    }),
    ...(accepted_by !== '' && { accepted_by }),
    ...(fresh_for !== '' && { fresh_for }),
  };
}

/** @param holders so many stages, from the first, have papers and milestones; one that comes after is over when entered */
function randomStage(chance: Chance, index: number, holders: number): Written {
  const id = STAGES[index] ?? '';
  const isBare = index >= holders;
  const own = EVIDENCE.filter((_id, place) => place % holders === index);
  const words: Vocabulary = { evidence: EVIDENCE, milestones: STAGES.slice(0, index).map((name) => `m-${name}`) };
  const ladder = chance.weighted([
    [6, 'stall'],
    [2, 'slow-stall'],
    [1, ''],
  ]);
  const milestone = {
    milestone: `m-${id}`,
    title: titled(id),
    when: { all: own.map((one) => proof(chance, words, one)) },
  };
  return {
    stage: id,
    title: titled(id),
    success_rate: `${10 * (index + 1)}%`,
    ...(ladder !== '' && { ladder, ...timebox(chance) }),
    evidence: own.map((one) => paper(chance, one)),
    ...(!isBare && { milestones: [milestone] }),
    ...(chance.happens(0.2) && { enter_when: condition(chance, words) }),
    ...(!isBare && chance.happens(0.2) && { leave_when: condition(chance, words) }),
  };
}

function timebox(chance: Chance): Written {
  return { timebox: chance.pick(['12 days', '40 business days', '15 business days', '120 business hours']) };
}

function randomPipeline(chance: Chance, id: string, calendar: string): Written {
  const count = chance.between(2, STAGES.length);
  const opening: Vocabulary = { evidence: [], milestones: [], isOpening: true };
  const holders = chance.happens(0.5) ? count : count - 1;
  const stages = Array.from({ length: count }, (_, index) => randomStage(chance, index, holders));
  const won_on_leaving = chance.pick(['', ...STAGES.slice(0, count)]);
  const second = count > 1 && won_on_leaving !== 's0' && chance.happens(0.5);
  const doors: readonly WrittenPart[] = [
    's0',
    ...(second ? [{ stage: 's1', when: condition(chance, opening, 1) }] : []),
  ];
  const any = { evidence: EVIDENCE, milestones: STAGES.slice(0, holders).map((name) => `m-${name}`) };
  return {
    pipeline: id,
    title: titled(id),
    subject: 'opportunity',
    ...(chance.happens(0.25) && { applies_when: condition(chance, opening, 1) }),
    calendar,
    facts: facts(chance),
    activities: { workshop: titled('workshop') },
    open_at: doors,
    ...(won_on_leaving !== '' && { won_on_leaving }),
    lost_reasons: { price: titled('price'), other: titled('other') },
    ...(chance.happens(0.2) && { close_when: { won: condition(chance, any, 1) } }),
    stages,
  };
}

function randomGate(chance: Chance, index: number): Written {
  const at = chance.pick(['advance', 'advance', 'win', 'finish', 'open']);
  const own = GATE_PAPERS[index] ?? '';
  const words: Vocabulary = { evidence: [own], milestones: [], ...(at === 'open' && { isOpening: true }) };
  const asksForPaper = at !== 'open' && chance.happens(0.5);
  return {
    gate: `g${index}`,
    title: titled(`gate ${index}`),
    applies_to: chance.happens(0.7) ? [...PIPELINES] : [chance.pick(PIPELINES)],
    at,
    mode: chance.pick(['enforce', 'enforce', 'warn', 'shadow']),
    when: asksForPaper ? proof(chance, words, own) : condition(chance, { ...words, evidence: [] }),
    otherwise: titled('not yet'),
    ...(asksForPaper && { evidence: [paper(chance, own)] }),
  };
}
