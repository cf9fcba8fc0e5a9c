/** The kind `territory`: to whom a case belongs by where its customer lies. */

import { list } from '../shape/collection.ts';
import { optional, type RecordOf, record, required } from '../shape/record.ts';
import { id, plain, reference } from '../shape/scalar.ts';
import { condition } from './condition.ts';
import { text } from './text.ts';

const owner = required(plain('人员编号', 'the id of a person'), '归谁', 'whose it is, by id');

const named = record(
  { zh: '指名客户', en: 'a named account' },
  {
    account: required(
      plain('客户名', 'the name of an account'),
      '客户名，不分大小写',
      'its name, in whatever capitals',
    ),
    owner,
  },
);

const plot = record(
  { zh: '一块井田', en: 'a plot' },
  {
    plot: required(id('井田标识', 'the id of a plot'), '标识', 'its id'),
    title: required(text, '名称', 'what people read'),
    when: required(condition, '哪些客户在其中', 'which customers lie in it'),
    owner,
  },
);

export const territory = record(
  { zh: '井田', en: 'a territory' },
  {
    territory: required(
      id('井田制标识', 'the id of the territory'),
      '标识，与文件同名',
      'its id; the file has the same name',
    ),
    title: required(text, '名称', 'what people read'),
    why: optional(text, '为何这样分', 'why it is divided so'),
    applies_to: required(
      list({ zh: '流程的列表', en: 'a list of pipelines' }, reference('流程名', 'a pipeline'), { min: 1 }),
      '这些流程的案件开案时没有写明负责人，就按井田分派',
      'cases of these pipelines that are opened without an owner are assigned by it',
    ),
    account: optional(reference('事实名', 'a fact'), '写有客户名的事实', 'the fact that holds the name of the account'),
    named: optional(
      list({ zh: '指名客户的列表', en: 'a list of named accounts' }, named, { min: 1 }),
      '指名客户，不进井田',
      'named accounts, taken out of the plots',
    ),
    plots: required(
      list({ zh: '井田的列表', en: 'a list of plots' }, plot, { min: 1 }),
      '井田，取第一个成立的',
      'the plots; the first that holds has the case',
    ),
  },
);

export type TerritorySource = RecordOf<typeof territory.keys>;
