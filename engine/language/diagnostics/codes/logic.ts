/** What is well written and still cannot work. */

import { error, warning } from './code-info.ts';

export const LOGIC = {
  'unused-evidence': error(
    'logic',
    '证据 `{id}` 没有任何条件提到',
    'no condition names the evidence `{id}`',
    '在里程碑或条件中写 `{ evidence: … }`，或删去',
    'name it in a milestone or a condition, or delete it',
  ),
  'unused-ladder': error('logic', '没有阶段采用梯级 `{id}`', 'no stage uses the ladder `{id}`'),
  'unused-calendar': error('logic', '没有流程采用日历 `{id}`', 'no pipeline uses the calendar `{id}`'),
  'unused-fact': warning('logic', '事实 `{id}` 没有用到', 'the fact `{id}` is used nowhere'),
  'milestone-cycle': error(
    'logic',
    '里程碑 `{id}` 以自己为条件：{path}',
    'the milestone `{id}` depends on itself: {path}',
  ),
  'fact-cycle': error('logic', '事实 `{id}` 由自己算出：{path}', 'the fact `{id}` is computed from itself: {path}'),
  'never-holds': error('logic', '此条件永不成立：{why}', 'this can never hold: {why}'),
  contradiction: error(
    'logic',
    '此条件与前面的矛盾，永不能同时成立',
    'this contradicts an earlier condition: both can never hold',
  ),
  'stage-unreachable': error(
    'logic',
    '没有案例能到达阶段 `{id}`',
    'no case can reach the stage `{id}`',
    '`open_at` 都在它之后',
    'every `open_at` lies after it',
  ),
  'open-never-holds': error(
    'logic',
    '开案时不可能满足',
    'this can never hold when a case opens',
    '开案时还没有证据、里程碑和活动',
    'a case that opens has no evidence, milestones or activities yet',
  ),
  'rung-order': error('logic', '这一档不晚于前一档', 'this rung is not later than the one before it'),
  'rung-after-demand': error('logic', '要求决定之后不再有其他档', 'no rung can follow the one that demands a decision'),
  'nobody-may': error('logic', '没有人可以 `{right}`：{who}', 'nobody may `{right}`: {who}'),
  'own-acceptance': error(
    'logic',
    '负责人不能接受自己的证据',
    'an owner never accepts their own evidence',
    '写 `manager` 或别的职位',
    'name `manager` or another role',
  ),
  'timebox-without-ladder': error(
    'logic',
    '`timebox` 到期时没有梯级',
    'nothing happens when this `timebox` is over',
    '为阶段写 `ladder`',
    'give the stage a `ladder`',
  ),
  'ladder-without-timebox': error(
    'logic',
    '梯级 `{ladder}` 从 `timebox` 开始，阶段却没有',
    'the ladder `{ladder}` starts with the timebox, but the stage has none',
  ),
  'ladder-never-ends': error(
    'logic',
    '要求决定，却不在 `resolve` 时结束',
    'it demands a decision but does not end when that is given',
    '在 `ends_when` 中加 `resolve`',
    'add `resolve` to `ends_when`',
  ),
  'resolve-without-demand': error(
    'logic',
    '`resolve` 没有对应的 `demand`',
    '`resolve` ends it, but no rung demands a decision',
  ),
  'pause-without-budget': error(
    'logic',
    '`pauses_while` 没有 `pause_budget`',
    '`pauses_while` has no `pause_budget`',
    '写明每次停留最多停表多久',
    'say how long the clock may stand in one stay',
  ),
  'mixed-clocks': error(
    'logic',
    '与 `{other}` 不是同一个时钟，先后不明',
    'it counts on another clock than `{other}`, so their order is not known',
  ),
  'no-lost-reasons': error(
    'logic',
    '案例可以输单，却没有 `lost_reasons`',
    'cases can be lost, but there are no `lost_reasons`',
  ),
  'success-rate-falls': warning(
    'logic',
    '成功率低于前一阶段',
    'the success rate is lower than that of the stage before',
  ),
  'role-cycle': error('logic', '职位 `{id}` 管着自己：{path}', 'the role `{id}` manages itself: {path}'),
  'holiday-reversed': error('logic', '假日的末日在首日之前', 'the holiday ends before it begins'),
  'hours-overlap': error('logic', '与同一天的其他时段重叠', 'these hours overlap others of the same day'),
  'make-up-needless': error('logic', '{written} 本来就是工作日', '{written} is a working day already'),
  'beyond-horizon': error('logic', '{written} 在 `valid_through` 之后', '{written} lies after `valid_through`'),
  'never-works': error('logic', '日历没有一天工作', 'no day of the week has working hours'),
} as const;
