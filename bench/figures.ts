/** What is measured and what is aimed at: one row a figure. Benches give values, the report judges them by this table. */

export type Aim = { readonly at_least: number } | { readonly at_most: number };

interface FigureRow {
  readonly what: string;
  readonly unit: string;
  /** Absent: watched, not aimed at. */
  readonly aim?: Aim;
  /** Where the aim comes from: whom it serves. */
  readonly source: string;
}

const BARE = 'recording must not cost much more than being durable at all';
const WAITING = 'somebody waits for the answer';
const SERVED = 'the sample must be there before patience ends';

export const FIGURES = {
  'conditions.ratio': {
    what: 'conditions judged with every leaf explained, against json-rules-engine',
    unit: 'times',
    aim: { at_least: 50 },
    source: 'rules are asked at every command and over every live case by a preview',
  },
  'conditions.rate': {
    what: 'the same, a second of processor time',
    unit: 'a second',
    source: 'the ratio in absolute terms',
  },
  'decide.rate': {
    what: '`decide` on the large deal, accepted and refused with all reasons',
    unit: 'a second',
    aim: { at_least: 100_000 },
    source: 'a year of a thousand cases is rehearsed while somebody waits',
  },
  'decide.turn': {
    what: '`decide`, `evolve`, `effectsOf` and `wakeAt` of the same commands',
    unit: 'a second',
    source: 'what a rehearsal does for each command',
  },
  'table.explain': {
    what: 'a decision table of 1,000 rows, decided and every other row explained',
    unit: 'ms',
    source: 'somebody asks why, and waits for the answer',
  },
  'table.check': {
    what: '`check` of a decision table of 1,000 rows, holes and overlaps looked for',
    unit: 'ms',
    source: 'asked after every edit',
  },
  'diagnosis.look': {
    what: 'cases looked at for findings by our own conditions, as after every command',
    unit: 'a second',
    source: 'it must weigh nothing beside the command',
  },
  'diagnosis.judge': {
    what: 'the same judged by json-rules-engine, where something is to be recorded',
    unit: 'a second',
    source: 'it waits for nobody, but takes its turn on the same machine',
  },
  'approvals.rate': {
    what: 'commands of approvals (asked for, given, voided by a change, asked for again); 40 callers',
    unit: 'a second',
    source: 'a review must not be dearer than any other command',
  },
  'measures.all': {
    what: 'every measure of 1,000 reps over 100,000 deals that have ended',
    unit: 'ms',
    source: 'a manager looks at them in between',
  },
  'people.findings': {
    what: 'what the figures of 1,000 reps over 100,000 deals say: standings worked out, every rule judged',
    unit: 'ms',
    source: 'it is looked at by night, and after an import while people wait for it',
  },
  'people.bundled': {
    what: 'messages taken into a digest of a person, ordered by the money at risk, a second',
    unit: 'a second',
    source: 'a burst must not hold an inbox up',
  },
  'commands.client_ratio': {
    what: 'commands through the Temporal client, a deadline armed, against a bare workflow; 40 callers',
    unit: 'of bare',
    aim: { at_least: 0.7 },
    source: BARE,
  },
  'commands.messages_ratio': {
    what: 'the same with a message to another entity for every second command',
    unit: 'of bare',
    aim: { at_least: 0.6 },
    source: BARE,
  },
  'commands.api_ratio': {
    what: 'commands through the HTTP API, a deadline armed, against a bare workflow; 40 callers',
    unit: 'of bare',
    aim: { at_least: 0.7 },
    source: BARE,
  },
  'commands.bare_rate': { what: 'updates of a bare workflow; 40 callers', unit: 'a second', source: 'the base' },
  'commands.client_rate': { what: 'commands through the Temporal client; 40 callers', unit: 'a second', source: BARE },
  'commands.messages_rate': { what: 'with a message for every second; 40 callers', unit: 'a second', source: BARE },
  'commands.api_rate': { what: 'commands through the HTTP API; 40 callers', unit: 'a second', source: BARE },
  'latency.bare_1': { what: 'one update of a bare workflow, 1 caller', unit: 'ms (p50)', source: 'the base' },
  'latency.bare_8': { what: 'one update of a bare workflow, 8 callers', unit: 'ms (p50)', source: 'the base' },
  'latency.bare_40': { what: 'one update of a bare workflow, 40 callers', unit: 'ms (p50)', source: 'the base' },
  'latency.client_1': { what: 'one command through the Temporal client, 1 caller', unit: 'ms (p50)', source: WAITING },
  'latency.client_8': { what: 'one command through the Temporal client, 8 callers', unit: 'ms (p50)', source: WAITING },
  'latency.client_40': {
    what: 'one command through the Temporal client, 40 callers',
    unit: 'ms (p50)',
    source: WAITING,
  },
  'latency.api_1': { what: 'one command through the HTTP API, 1 caller', unit: 'ms (p50)', source: WAITING },
  'latency.api_8': { what: 'one command through the HTTP API, 8 callers', unit: 'ms (p50)', source: WAITING },
  'latency.api_40': { what: 'one command through the HTTP API, 40 callers', unit: 'ms (p50)', source: WAITING },
  'history.events': {
    what: 'events in the workflow history for one command',
    unit: 'events',
    aim: { at_most: 6 },
    source: 'a history is read again by every worker that takes the case over',
  },
  'heap.ratio': {
    what: 'heap of a cached idle workflow with a deadline armed, against a bare one',
    unit: 'times',
    aim: { at_most: 1.2 },
    source: 'a worker keeps two thousand of them',
  },
  'heap.ours': { what: 'heap of a cached idle workflow', unit: 'kB', source: 'the ratio in absolute terms' },
  'start.first': {
    what: '`serve` in a new folder, until it can be reached: database made, playbooks published',
    unit: 's',
    source: 'the first minute decides whether somebody goes on',
  },
  'start.second': {
    what: '`serve` once more in the same folder',
    unit: 's',
    aim: { at_most: 10 },
    source: SERVED,
  },
  'idle.memory': {
    what: 'memory of the whole idle installation: Playrail, PostgreSQL, Temporal',
    unit: 'MB',
    source: 'it runs beside other things on a small machine',
  },
  'import.seconds': {
    what: 'import of the sample (8,800 rows) until every open case has its workflow',
    unit: 's',
    aim: { at_most: 30 },
    source: SERVED,
  },
  'import_large.seconds': {
    what: 'import of 100,000 rows, the same way',
    unit: 's',
    source: 'the largest export we promise to take',
  },
  'import_large.memory': {
    what: 'the most memory the process took meanwhile',
    unit: 'MB',
    source: 'it must fit where it serves',
  },
  'refill.seconds': {
    what: 'an empty Temporal filled with the workflows of 10,000 cases',
    unit: 's',
    source: 'how long deadlines rest after Temporal was lost',
  },
  'timers.seconds': {
    what: '10,000 deadlines of one moment, until the last is journalled',
    unit: 's',
    aim: { at_most: 3600 },
    source: 'ten thousand due in one hour must be kept up with',
  },
  'timers.rate': {
    what: 'deadlines worked off',
    unit: 'a second',
    aim: { at_least: 2.8 },
    source: '10,000 in an hour',
  },
  'check.cold': {
    what: '`check` of the shipped playbooks, the first in its process',
    unit: 'ms',
    aim: { at_most: 300 },
    source: 'asked after every edit',
  },
  'check.warm': { what: '`check` again', unit: 'ms', source: 'what an editor waits for' },
  'simulation.rate': {
    what: 'simulated years of the real deciders, every promise held at every step',
    unit: 'case-years a second',
    aim: { at_least: 60 },
    source: 'ten thousand case-years fit into a run of CI on two cores',
  },
  'scenarios.ms': {
    what: '`test`: 200 scenarios of the shipped playbooks',
    unit: 'ms',
    aim: { at_most: 3000 },
    source: 'run before every publishing',
  },
} as const satisfies Readonly<Record<string, FigureRow>>;

export type FigureName = keyof typeof FIGURES;

/** The table's row, in its general type. */
export function rowOf(name: FigureName): FigureRow {
  return FIGURES[name];
}

export function isReached(value: number, aim: Aim): boolean {
  return 'at_least' in aim ? value >= aim.at_least : value <= aim.at_most;
}
