/** The kind `scenarios`: promises about one pipeline, coaching flow or rhythm, as given, timeline and expectations. */

import { list, mapOf } from '../shape/collection.ts';
import { optional, type RecordOf, record, required } from '../shape/record.ts';
import { anything, date, id, number, plain, reference, wholeNumber, yesNo } from '../shape/scalar.ts';

/** What a caller would send; `null` takes a fact away. */
const answers = (zh: string, en: string) =>
  mapOf({ zh, en }, plain('名称', 'a name'), anything('值', 'a value'), { nullable: true });

const measures = mapOf(
  { zh: '指标', en: 'measures' },
  reference('指标名', 'a measure'),
  record(
    { zh: '指标的数值', en: 'figures of a measure' },
    {
      own: required(
        number(),
        '本人，按显示的单位，百分比写 65',
        'their own, in the unit it is shown in: percents as 65',
      ),
      n: optional(wholeNumber(), '依据多少案件；缺省 10', 'how many cases it rests on; 10 when absent'),
      low: optional(number(), '团队最低；缺省同本人', 'the lowest of the team; as their own when absent'),
      middle: optional(number(), '团队中位；缺省同本人', 'the middle of the team; as their own when absent'),
      high: optional(number(), '团队最高；缺省同本人', 'the highest of the team; as their own when absent'),
    },
  ),
);

const given = record(
  { zh: '前提', en: 'what is given' },
  {
    owner: required(plain('人员', 'a person'), '负责人', 'the owner'),
    at: required(
      plain('日期与时间', 'a date and time'),
      '何时开始，如 2026-09-28 09:00',
      'when it begins, such as 2026-09-28 09:00',
    ),
    stage: optional(
      reference('阶段名', 'a stage'),
      '已到的阶段，之前的证据都已接受',
      'the stage reached, with all evidence before it accepted',
    ),
    facts: optional(answers('事实', 'facts'), '已知的事实', 'facts that are known'),
    unopened: optional(yesNo(), '案例由时间线中的 open 开始', 'the case is opened by an `open` line of the timeline'),
    measures: optional(
      measures,
      '辅导与节奏：记录所算出的指标',
      'of flows and rhythms: what the record says of the person',
    ),
    cases: optional(
      list({ zh: '案件的列表', en: 'a list of cases' }, plain('案件', 'a case'), { min: 1 }),
      '辅导与节奏：本人的案件',
      'of flows and rhythms: cases of theirs',
    ),
    in_post_since: optional(date(), '辅导与节奏：到岗日', 'of flows and rhythms: since when they hold their post'),
  },
);

const line = record(
  { zh: '时间线的一行', en: 'a line of the timeline' },
  {
    at: optional(
      plain('时长或日期时间', 'a duration, or a date and time'),
      '从 given.at 算起多久，或何日何时',
      'how long after given.at, or when',
    ),
    child: optional(
      plain('案件与所在', 'a case and where it stands'),
      '它开始的案件到了哪里，如 `obligation done`，多个时可加标识',
      'where cases it started stand now, such as `obligation done`, with the key of one of several',
    ),
    measures: optional(
      measures,
      '辅导与节奏：从上一行起算出的指标',
      'of flows and rhythms: what the record says from the line before on',
    ),
    do: optional(
      plain('指令', 'a command'),
      '指令，如 `submit_evidence first-visit`',
      'a command, such as `submit_evidence first-visit`',
    ),
    with: optional(answers('内容', 'answers'), '指令的内容', 'what goes with the command'),
    by: optional(plain('人员', 'a person'), '由谁；缺省为负责人', 'who does it; the owner when absent'),
    expect: optional(
      list({ zh: '期望的列表', en: 'a list of expectations' }, plain('期望', 'an expectation'), { min: 1 }),
      '自上一行以来发生的全部',
      'all that happened since the line before',
    ),
    refused: optional(
      list({ zh: '理由的列表', en: 'a list of reasons' }, plain('理由', 'a reason'), { min: 1 }),
      '被拒绝，理由正是这些',
      'the command is refused, for exactly these reasons',
    ),
    forbidden: optional(plain('代码或 any', 'a code, or any'), '无权', 'who does it may not'),
    invalid: optional(plain('代码或 any', 'a code, or any'), '内容不合格', 'the command does not fit'),
  },
);

const scenario = record(
  { zh: '场景', en: 'a scenario' },
  {
    scenario: required(plain('场景名', 'the name of a scenario'), '承诺什么', 'what is promised'),
    given: required(given, '前提', 'how it begins'),
    timeline: required(
      list({ zh: '时间线', en: 'a timeline' }, line, { min: 1 }),
      '时间线',
      'what is done, and what comes of it',
    ),
  },
);

const person = record(
  { zh: '人员', en: 'a person' },
  {
    role: required(reference('职位', 'a role'), '职位', 'the post'),
    manager: optional(plain('人员', 'a person'), '上级', 'whom they report to'),
  },
);

export const scenarios = record(
  { zh: '场景集', en: 'scenarios' },
  {
    scenarios: required(
      reference('流程、辅导或节奏', 'a pipeline, coaching flow or rhythm'),
      '关于哪个流程、辅导或节奏；文件名为 `名称.scenarios.yaml`',
      'what it is about; the file is called `name.scenarios.yaml`',
    ),
    people: optional(
      mapOf({ zh: '人员', en: 'people' }, id('人员', 'a person'), person),
      '人员；缺省时按职位生成',
      'the people; made up from the posts when absent',
    ),
    list: required(
      list({ zh: '场景的列表', en: 'a list of scenarios' }, scenario, { min: 1 }),
      '场景',
      'the scenarios',
    ),
  },
);

export type ScenariosSource = RecordOf<typeof scenarios.keys>;
export type ScenarioSource = ScenariosSource['list'][number];
export type LineSource = ScenarioSource['timeline'][number];
export type MeasuresSource = NonNullable<LineSource['measures']>;
