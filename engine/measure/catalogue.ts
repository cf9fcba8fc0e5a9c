/** The measures that Playrail computes from its record: what each says, how it is worked out, in what unit, and which way is better. */

import type { Text } from '../playbook/text.ts';

export const UNITS = ['per_week', 'percent', 'days', 'money', 'count'] as const;
export type Unit = (typeof UNITS)[number];

export interface Measure {
  readonly measure: string;
  readonly title: Text;
  readonly unit: Unit;
  readonly formula: Text;
  /** Where the figures come from. */
  readonly source: Text;
  readonly better: 'higher' | 'lower';
  /** Of a stretch of days, or as it stands now. */
  readonly of: 'period' | 'now';
  /** The systems of the method that use it. */
  readonly used_by: readonly string[];
}

const CASES: Text = { zh: '商机案件', en: 'cases of opportunities' };
const JOURNAL: Text = { zh: '日志里的赢单与输单', en: 'wins and losses in the journal' };

/** In the order they are shown. */
export const MEASURES = [
  {
    measure: 'new-opportunities',
    title: { zh: '每周新增商机', en: 'New opportunities a week' },
    unit: 'per_week',
    formula: {
      zh: '期内开案的商机数 ÷ 期内周数（天数 ÷ 7）',
      en: 'opportunities opened in the period ÷ its weeks (days ÷ 7)',
    },
    source: CASES,
    better: 'higher',
    of: 'period',
    used_by: ['D18', 'D26'],
  },
  {
    measure: 'win-rate',
    title: { zh: '赢单率', en: 'Win rate' },
    unit: 'percent',
    formula: { zh: '期内赢单数 ÷ 期内赢单与输单数', en: 'won in the period ÷ won or lost in it' },
    source: JOURNAL,
    better: 'higher',
    of: 'period',
    used_by: ['D17', 'D33'],
  },
  {
    measure: 'cycle-days',
    title: { zh: '赢单周期', en: 'Days to win' },
    unit: 'days',
    formula: {
      zh: '期内赢单自开案到赢单的平均天数',
      en: 'average days from opening to win, of those won in the period',
    },
    source: JOURNAL,
    better: 'lower',
    of: 'period',
    used_by: ['D17', 'D24'],
  },
  {
    measure: 'average-deal',
    title: { zh: '平均单产', en: 'Average deal' },
    unit: 'money',
    formula: {
      zh: '期内赢单金额之和 ÷ 有金额的赢单数，各币种分开',
      en: 'amounts won in the period ÷ deals won that have one, each currency by itself',
    },
    source: JOURNAL,
    better: 'higher',
    of: 'period',
    used_by: ['D18', 'D33'],
  },
  {
    measure: 'evidence-debt',
    title: { zh: '证据欠账', en: 'Evidence debt' },
    unit: 'count',
    formula: {
      zh: '未结商机所欠的项数：凭信任通过的证据与决策、凭豁免通过的里程碑与关口',
      en: 'things that open opportunities owe: evidence and decisions taken on trust, milestones and gates passed by a waiver',
    },
    source: CASES,
    better: 'lower',
    of: 'now',
    used_by: ['D4', 'D24'],
  },
] as const satisfies readonly Measure[];

export type MeasureId = (typeof MEASURES)[number]['measure'];

export const UNIT_TEXTS: Readonly<Record<Unit, Text>> = {
  per_week: { zh: '个/周', en: 'a week' },
  percent: { zh: '%', en: '%' },
  days: { zh: '天', en: 'days' },
  money: { zh: '金额', en: 'money' },
  count: { zh: '项', en: 'things' },
};
