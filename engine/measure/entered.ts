/** Measures that no journal holds: people enter them, with source and dates, and they are missing until they do. */

import type { Text } from '../playbook/text.ts';
import type { Measure } from './measure.ts';

const ENTERED: Text = {
  zh: '由人填报，附来源与日期；未填即缺',
  en: 'entered by people, with source and dates; missing until it is',
};

/** Of what is entered: the average of what was entered for days of the period, or their sum. */
const ENTERED_AVERAGE: Text = { zh: '期内填报值的平均', en: 'the average of what was entered for days of the period' };
const ENTERED_SUM: Text = { zh: '期内填报值之和', en: 'the sum of what was entered for days of the period' };

export const ENTERED_MEASURES = [
  {
    measure: 'quota-attainment',
    title: { zh: '指标完成率', en: 'Quota attainment' },
    unit: 'percent',
    how: 'average',
    formula: ENTERED_AVERAGE,
    source: ENTERED,
    entered: true,
    better: 'higher',
    of: 'period',
    used_by: ['D35', 'D39'],
  },
  {
    measure: 'margin-attainment',
    title: { zh: '毛利完成率', en: 'Margin attainment' },
    unit: 'percent',
    how: 'average',
    formula: ENTERED_AVERAGE,
    source: ENTERED,
    entered: true,
    better: 'higher',
    of: 'period',
    used_by: ['D35'],
  },
  {
    measure: 'forecast-accuracy',
    title: { zh: '预测准确率', en: 'Forecast against actual' },
    unit: 'percent',
    how: 'average',
    formula: ENTERED_AVERAGE,
    source: ENTERED,
    entered: true,
    better: 'higher',
    of: 'period',
    used_by: ['D19', 'D44'],
  },
  {
    measure: 'satisfaction',
    title: { zh: '客户满意度', en: 'Customer satisfaction' },
    unit: 'percent',
    how: 'average',
    formula: ENTERED_AVERAGE,
    source: ENTERED,
    entered: true,
    better: 'higher',
    of: 'period',
    used_by: ['D35', 'D43'],
  },
  {
    measure: 'returns',
    title: { zh: '退货', en: 'Returns' },
    unit: 'count',
    how: 'sum',
    formula: ENTERED_SUM,
    source: ENTERED,
    entered: true,
    better: 'lower',
    of: 'period',
    used_by: ['D43'],
  },
  {
    measure: 'after-sales-hours',
    title: { zh: '售后响应时间', en: 'After-sales response' },
    unit: 'hours',
    how: 'average',
    formula: ENTERED_AVERAGE,
    source: ENTERED,
    entered: true,
    better: 'lower',
    of: 'period',
    used_by: ['D43'],
  },
  {
    measure: 'expense',
    title: { zh: '销售费用率', en: 'Selling expense' },
    unit: 'percent',
    how: 'average',
    formula: ENTERED_AVERAGE,
    source: ENTERED,
    entered: true,
    better: 'lower',
    of: 'period',
    used_by: ['D43'],
  },
] as const satisfies readonly Measure[];
