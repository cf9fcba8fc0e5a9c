/** Reads a value where its type is known: operands, limits, formula constants, given facts. */

import { minorDigits, parseMoney } from '../../playbook/money.ts';
import type { Text } from '../../playbook/text.ts';
import type { Value, ValueType } from '../../playbook/value.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { Report } from '../diagnostics/report.ts';
import type { ChoicesSource } from '../kinds/form.ts';
import { isDate, isMissing, readNumber, readPercent, readYesNo } from '../shape/scalar.ts';
import type { Token } from '../shape/shape.ts';
import type { Node } from '../syntax/node.ts';

/** What a fact, a field, or one value of a list must be. */
export interface TypedSource {
  readonly type: Token<ValueType>;
  readonly choices?: ChoicesSource | undefined;
  readonly currency?: Token<string> | undefined;
}

export const TYPE_NAMES: Readonly<Record<ValueType, Text>> = {
  text: { zh: '文字', en: 'text' },
  number: { zh: '数字', en: 'number' },
  percent: { zh: '百分比', en: 'percent' },
  money: { zh: '金额', en: 'money' },
  date: { zh: '日期', en: 'date' },
  choice: { zh: '单选', en: 'choice' },
  choices: { zh: '多选', en: 'choices' },
  person: { zh: '人员', en: 'person' },
  link: { zh: '链接', en: 'link' },
  yes_no: { zh: '是否', en: 'yes_no' },
  file: { zh: '文件', en: 'file' },
  rows: { zh: '多行', en: 'rows' },
};

const EXPECTED: Partial<Record<ValueType, Text>> = {
  number: { zh: '数字', en: 'a number' },
  percent: { zh: '百分比，如 `10%`', en: 'a percentage such as `10%`' },
  date: { zh: '日期，如 `2026-10-01`', en: 'a date such as `2026-10-01`' },
  yes_no: { zh: '`yes` 或 `no`', en: '`yes` or `no`' },
};

/** Reads one value; `choices` reads one choice. Reports what does not fit and then gives nothing. */
export function readTyped(name: string, typed: TypedSource, node: Node, report: Report): Value | undefined {
  const type = typed.type.value;
  const expected = EXPECTED[type] ?? {
    zh: `一个${TYPE_NAMES[type].zh}值`,
    en: `a value of type ${TYPE_NAMES[type].en}`,
  };
  if (node.kind !== 'scalar' || isMissing(node)) {
    const written = node.kind === 'scalar' ? node.text : node.kind === 'list' ? '[ … ]' : '{ … }';
    report('wrong-operand', node.place, { name, written, expected });
    return undefined;
  }
  if (type === 'money') return readMoney(name, typed, node, report);
  if (type === 'choice' || type === 'choices') {
    const known = (typed.choices ?? []).map(({ key }) => key.value);
    // A choice without choices is a mistake already told where it is declared.
    if (known.includes(node.text) || !typed.choices) return node.text;
    report('unknown-choice', node.place, { name, written: node.text }, { hint: didYouMean(node.text, known) });
    return undefined;
  }
  const value = readPlain(type, node.text);
  if (value === undefined) report('wrong-operand', node.place, { name, written: node.text, expected });
  return value;
}

function readPlain(type: ValueType, text: string): Value | undefined {
  switch (type) {
    case 'number':
      return readNumber(text);
    case 'percent':
      return readPercent(text);
    case 'date':
      return isDate(text) ? text : undefined;
    case 'yes_no':
      return readYesNo(text);
    case 'rows':
      return undefined;
    default:
      return text;
  }
}

function readMoney(
  name: string,
  typed: TypedSource,
  node: Node & { kind: 'scalar' },
  report: Report,
): Value | undefined {
  const parsed = parseMoney(node.text);
  if (!parsed.ok) {
    report('bad-money', node.place, { message: parsed.message }, { hint: parsed.hint });
    return undefined;
  }
  const wanted = typed.currency?.value;
  if (wanted !== undefined && minorDigits(wanted) !== undefined && wanted !== parsed.money.currency) {
    report('currency-differs', node.place, { name, currency: wanted, other: parsed.money.currency });
    return undefined;
  }
  return parsed.money;
}
