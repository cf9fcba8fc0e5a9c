/** Authority in words: which limit was too low, how each person of the line stands, and why nobody may. */

import type { Dimension, Limit } from '../playbook/authority.ts';
import type { Text } from '../playbook/text.ts';
import type { Fact, Value } from '../playbook/value.ts';
import { valueText } from '../playbook/value-text.ts';
import { durationText } from '../time/duration.ts';
import type { Standing, TooLow, WhyNobody } from './authority.ts';

/** A value as the dimension counts it. @param fact gives choices their titles */
export function measureText(dimension: Dimension, value: Value, fact: Fact | undefined): Text {
  if (dimension.type === 'days' && typeof value === 'number' && Number.isInteger(value) && value >= 0) {
    const days = { amount: value, unit: 'days' } as const;
    return { zh: durationText(days, 'zh'), en: durationText(days, 'en') };
  }
  if (dimension.type === 'percent') return valueText(value, { type: 'percent' });
  return valueText(value, fact);
}

/** A limit as it reads after the name of its dimension: `up to 10%`, `no limit`. */
export function limitText(dimension: Dimension, limit: Limit, fact: Fact | undefined): Text {
  switch (limit.kind) {
    case 'no_limit':
      return { zh: '不限', en: 'no limit' };
    case 'among': {
      if (limit.choices.length === 0) return { zh: '无', en: 'none' };
      return measureText(dimension, limit.choices, fact);
    }
    case 'up_to': {
      const { zh, en } = measureText(dimension, limit.value, fact);
      if (typeof limit.value === 'boolean') return { zh, en };
      return dimension.graver === 'lower'
        ? { zh: `不低于 ${zh}`, en: `down to ${en}` }
        : { zh: `不超过 ${zh}`, en: `up to ${en}` };
    }
  }
}

/** `Discount 15%, may approve up to 10%`. */
export function shortText({ dimension, value, limit, why }: Omit<TooLow, 'text'>, fact: Fact | undefined): Text {
  const title = dimension.title;
  if (limit === undefined)
    return { zh: `${title.zh}：没有审批权限`, en: `${title.en}: no limit is named for the post` };
  const { zh, en } = limitText(dimension, limit, fact);
  if (value === undefined) {
    return { zh: `${title.zh}未知，权限为${zh}`, en: `${title.en} is not known, may approve ${en}` };
  }
  const seen = measureText(dimension, value, fact);
  const other = {
    zh: why === 'other_currency' ? '（币种不同，无法比较）' : why === 'other_type' ? '（类型不同，无法比较）' : '',
    en: why === 'other_currency' ? ' (in another currency)' : why === 'other_type' ? ' (of another type of fact)' : '',
  };
  return {
    zh: `${title.zh} ${seen.zh}，权限为${zh}${other.zh}`,
    en: `${title.en} ${seen.en}, may approve ${en}${other.en}`,
  };
}

/** `Max (Sales manager): Discount 15%, may approve up to 10%`. */
export function standingText(
  { name, role, stands }: Pick<Standing, 'name' | 'role' | 'stands'>,
  title: Text | undefined,
  tooLow: readonly TooLow[],
  isAway: boolean,
): Text {
  const said = saidOf(stands, tooLow);
  const away = isAway ? { zh: '，不在岗', en: ', away' } : { zh: '', en: '' };
  return {
    zh: `${name}（${title?.zh ?? role}${away.zh}）：${said.zh}`,
    en: `${name} (${title?.en ?? role}${away.en}): ${said.en}`,
  };
}

function saidOf(stands: Standing['stands'], tooLow: readonly TooLow[]): Text {
  switch (stands) {
    case 'covers':
      return { zh: '有权审批', en: 'may approve it' };
    case 'gone':
      return { zh: '已离职', en: 'has left' };
    case 'own_work':
      return { zh: '不能审批自己提交的内容', en: 'nobody approves what they submitted themselves' };
    case 'no_post':
      return { zh: '该职位没有审批权限', en: 'the post has no authority to approve' };
    case 'too_low':
      return {
        zh: tooLow.map(({ text }) => text.zh).join('；'),
        en: tooLow.map(({ text }) => text.en).join('; '),
      };
  }
}

/** Why nobody may, with everybody who was looked at. */
export function nobodyText(why: WhyNobody, line: readonly Standing[]): Text {
  switch (why) {
    case 'not_measured':
      return {
        zh: '没有人有权审批：该流程没有一项事实属于审批维度',
        en: 'nobody has the authority: no fact of the pipeline is one that authority is measured by',
      };
    case 'no_superior':
      return { zh: '没有人有权审批：负责人没有上级', en: 'nobody has the authority: nobody stands above the owner' };
    case 'limits_too_low': {
      const zh = line.map(({ text }) => text.zh).join('；');
      const en = line.map(({ text }) => text.en).join('; ');
      return { zh: `没有人有权审批：${zh}`, en: `nobody has the authority: ${en}` };
    }
  }
}
