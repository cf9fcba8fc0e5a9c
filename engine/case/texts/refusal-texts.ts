/** What a case says where its own state stands in the way; one entry a code. */

import type { ApprovalOutcome } from '../../parts/approval/record.ts';
import type { Text } from '../../playbook/text.ts';
import { OUTCOME_WORDS } from '../approvals/approval-texts.ts';
import type { FindingEntry } from '../findings/finding.ts';
import type { Say } from './say.ts';

export const REFUSAL_TEXTS = {
  'case-exists': () => ({ zh: '这个案件已经存在', en: 'the case is already open' }),
  'case-finished': () => ({ zh: '案件已经结束', en: 'the case is finished' }),
  'case-held': (crm: string) => ({
    zh: `CRM 里改成了 \`${crm}\`，案件冻结，等人决定（settle_change）`,
    en: `the CRM says \`${crm}\`: the case is held until somebody decides (settle_change)`,
  }),
  'nothing-held': () => ({ zh: '没有等待决定的 CRM 改动', en: 'no change in the CRM waits for a decision' }),
  'crm-agrees': () => ({ zh: '案件已在 CRM 所说的位置', en: 'the case stands where the CRM says already' }),
  'case-not-finished': () => ({ zh: '案件尚未结束', en: 'the case is not finished' }),
  'rules-missing': (pipeline: string) => ({
    zh: `找不到流程 \`${pipeline}\` 的规则或日历`,
    en: `the rules or the calendar of pipeline \`${pipeline}\` are missing`,
  }),
  'already-won': () => ({ zh: '案件已经赢单', en: 'the case is already won' }),
  'stage-not-winning': (stage: string, winning: string) => ({
    zh: `在阶段 \`${stage}\` 不能赢单，要到阶段 \`${winning}\``,
    en: `a case is won on leaving stage \`${winning}\`, not from stage \`${stage}\``,
  }),
  'stage-not-ahead': (stage: string, current: string) => ({
    zh: `阶段 \`${stage}\` 不在阶段 \`${current}\` 之后`,
    en: `stage \`${stage}\` does not lie ahead of stage \`${current}\``,
  }),
  'stage-not-behind': (stage: string, current: string) => ({
    zh: `阶段 \`${stage}\` 不在阶段 \`${current}\` 之前`,
    en: `stage \`${stage}\` does not lie behind stage \`${current}\``,
  }),
  'stage-not-open': (stage: string) => ({
    zh: `案件不能从阶段 \`${stage}\` 开始`,
    en: `a case does not open at stage \`${stage}\``,
  }),
  'decision-owed': (ladder: string) => ({
    zh: `阶梯 \`${ladder}\` 要求的决定尚未作出`,
    en: `the decision that ladder \`${ladder}\` demands is still to be taken`,
  }),
  'pipeline-same': (pipeline: string) => ({
    zh: `案件已在流程 \`${pipeline}\` 中`,
    en: `the case is already in pipeline \`${pipeline}\``,
  }),
  'subject-differs': (pipeline: string, subject: string, own: string) => ({
    zh: `流程 \`${pipeline}\` 走的是 \`${subject}\`，这个案件是 \`${own}\``,
    en: `the pipeline \`${pipeline}\` is walked by a \`${subject}\`, and this case is a \`${own}\``,
  }),
  'evidence-not-waiting': (evidence: string) => ({
    zh: `证据 \`${evidence}\` 不在等待验收`,
    en: `evidence \`${evidence}\` does not wait for acceptance`,
  }),
  'evidence-not-there': (evidence: string) => ({
    zh: `没有已提交或已验收的证据 \`${evidence}\``,
    en: `there is no submitted or accepted evidence \`${evidence}\``,
  }),
  'task-exists': (task: string) => ({ zh: `任务 \`${task}\` 已存在`, en: `task \`${task}\` is already planned` }),
  'task-done': (task: string) => ({ zh: `任务 \`${task}\` 已完成`, en: `task \`${task}\` is already done` }),
  'pausing-not-allowed': (stage: string) => ({
    zh: `阶段 \`${stage}\` 的停滞时钟不能暂停`,
    en: `the stall clock of stage \`${stage}\` cannot be paused`,
  }),
  'pause-budget-exceeded': (remaining: Text, until: string) => ({
    zh: `暂停额度不足：还剩 ${remaining.zh}，最晚到 ${until}`,
    en: `the pause budget does not reach so far: ${remaining.en} remain, until ${until} at the latest`,
  }),
  'approval-not-requested': (approval: string) => ({
    zh: `审批 \`${approval}\` 还没有提交（request_approval）`,
    en: `approval \`${approval}\` was not asked for yet (request_approval)`,
  }),
  'approval-under-review': (approval: string) => ({
    zh: `审批 \`${approval}\` 正在审；要改动请先撤回（recall）`,
    en: `approval \`${approval}\` is under review already; recall it to change something`,
  }),
  'approval-given': (approval: string) => ({
    zh: `审批 \`${approval}\` 已通过，内容也没有变`,
    en: `approval \`${approval}\` is given, and nothing has changed since`,
  }),
  'approval-not-open': (approval: string, outcome: ApprovalOutcome) => ({
    zh: `审批 \`${approval}\` 已不在审：${OUTCOME_WORDS[outcome].zh}`,
    en: `approval \`${approval}\` is under review no longer: it ${OUTCOME_WORDS[outcome].en}`,
  }),
  'approval-not-resumed': (approval: string) => ({
    zh: `审批 \`${approval}\` 没有可以接着审的；请重新提交（request_approval）`,
    en: `approval \`${approval}\` has nothing to go on from; ask for it anew (request_approval)`,
  }),
  'approval-asks-nobody': (approval: string) => ({
    zh: `审批 \`${approval}\` 现在没有一步适用，不必提交`,
    en: `no step of approval \`${approval}\` applies now, so there is nobody to ask`,
  }),
  'approval-outdated': (approval: string, changed: string) => ({
    zh: `审批 \`${approval}\` 的内容在你打开之后变了${changed === '' ? '' : `：${changed}`}；请看过现在的内容再答`,
    en: `what approval \`${approval}\` reviews has changed since you opened it${changed === '' ? '' : `: ${changed}`}; look at it as it is now`,
  }),
  'approval-step-not-before': (to: string, step: string) => ({
    zh: `步骤 \`${to}\` 不在步骤 \`${step}\` 之前，或没有审过`,
    en: `step \`${to}\` does not come before step \`${step}\`, or was never asked`,
  }),
  'signer-own-submission': (person: string) => ({
    zh: `这是 \`${person}\` 自己提交的，不能由其审批`,
    en: `it is \`${person}\`'s own submission, and theirs to approve in no way`,
  }),
  'signer-may-not': (person: string) => ({
    zh: `\`${person}\` 没有审批这个案件的权利`,
    en: `\`${person}\` has no right to approve in this case`,
  }),
  'signer-no-authority': (person: string) => ({
    zh: `\`${person}\` 的审批权限不够`,
    en: `\`${person}\` has not the authority that this step asks for`,
  }),
  'signer-has-voice': (person: string) => ({
    zh: `\`${person}\` 在这一轮已经被问或已经表过态`,
    en: `\`${person}\` is asked in this turn already, or has answered`,
  }),
  'signer-not-added': (person: string) => ({
    zh: `\`${person}\` 不是加签的人`,
    en: `\`${person}\` was not added as a signer`,
  }),
  'signer-answered': (person: string) => ({
    zh: `\`${person}\` 已经表过态，不能减签`,
    en: `\`${person}\` has answered, and is removed no more`,
  }),
  'transfer-comes-back': (person: string) => ({
    zh: `\`${person}\` 已把它转交出去，不能再转回`,
    en: `\`${person}\` has given it away, and it does not come back`,
  }),
  'delegated-already': (approval: string) => ({
    zh: `审批 \`${approval}\` 的这一票已经委派，还没有回来`,
    en: `this seat of approval \`${approval}\` is delegated already, and has not come back`,
  }),
  'helper-only-advises': (approval: string) => ({
    zh: `审批 \`${approval}\` 是委派给你的：同意或驳回作为意见，不能退回、转交或再委派`,
    en: `approval \`${approval}\` was delegated to you: say yes or no as advice; it is not yours to send back or to pass on`,
  }),
  'reminding-not-offered': (approval: string) => ({
    zh: `审批 \`${approval}\` 没有写 \`remind_every\`，不能催办`,
    en: `approval \`${approval}\` names no \`remind_every\`, so nobody is reminded by hand`,
  }),
  'reminded-lately': (approval: string, next: string) => ({
    zh: `审批 \`${approval}\` 刚提交或刚催过，${next} 之后才能再催`,
    en: `approval \`${approval}\` was asked for or reminded of a short while ago; again after ${next}`,
  }),
  'under-review': (approval: string, names: string) => ({
    zh: `审批 \`${approval}\` 正在审 ${names}；请先撤回（recall）再改`,
    en: `approval \`${approval}\` is reviewing ${names}; recall it before you change that`,
  }),
  'voice-given': (approval: string) => ({
    zh: `你对审批 \`${approval}\` 已经表过态`,
    en: `you have given your voice on approval \`${approval}\` already`,
  }),
  'turn-not-come': (approval: string, step: string) => ({
    zh: `审批 \`${approval}\` 还没有到步骤 \`${step}\``,
    en: `approval \`${approval}\` has not come to step \`${step}\` yet`,
  }),
  'child-started': (child: string) => ({
    zh: `案件 \`${child}\` 已经开始，或正在开始`,
    en: `the case \`${child}\` has begun, or is just beginning`,
  }),
  'start-gone': (pipeline: string) => ({
    zh: `这个案件的规则里没有开始 \`${pipeline}\` 的动作`,
    en: `the rules of this case start no \`${pipeline}\``,
  }),
  'stage-supported': (stage: string) => ({
    zh: `阶段 \`${stage}\` 有已认可的证据支撑，不必退回`,
    en: `accepted evidence supports stage \`${stage}\`: there is nothing to send the case back for`,
  }),
  'not-waivable': (what: Text) => ({
    zh: `${what.zh}不能豁免`,
    en: `${what.en} cannot be waived`,
  }),
  'waiver-needless': (what: Text) => ({
    zh: `${what.zh}已经满足，或不再要求，无需豁免`,
    en: `${what.en} is met, or not asked any more: there is nothing to waive`,
  }),
  'waiver-too-long': (most: Text, lastDay: string) => ({
    zh: `豁免最长 ${most.zh}，最晚到 ${lastDay}`,
    en: `a waiver stands for ${most.en} at most, until ${lastDay} at the latest`,
  }),
  'waiver-not-approved': (approval: string) => ({
    zh: `豁免之前要先通过审批 \`${approval}\``,
    en: `the waiver takes approval \`${approval}\` first`,
  }),
  'waiver-not-there': (what: Text) => ({
    zh: `${what.zh}现在没有豁免`,
    en: `no waiver stands for ${what.en}`,
  }),
  'finding-not-open': (finding: string, { answer }: Pick<FindingEntry, 'answer'>) =>
    answer === undefined
      ? {
          zh: `发现 \`${finding}\` 的情况已不存在，不用答复`,
          en: `finding \`${finding}\` holds no longer: nothing is left to answer`,
        }
      : {
          zh: `发现 \`${finding}\` 已由 \`${answer.by}\` 答复（${answer.as}）`,
          en: `finding \`${finding}\` was answered by \`${answer.by}\` already (${answer.as})`,
        },
  'nothing-demanded': () => ({ zh: '停滞阶梯没有要求决定', en: 'no decision is demanded' }),
  'owner-same': (person: string) => ({
    zh: `负责人已经是 \`${person}\``,
    en: `\`${person}\` already owns the case`,
  }),
} as const satisfies Record<string, Say>;
