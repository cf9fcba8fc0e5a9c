/** A case as lists show it: the row of `cases` made from its state. */

import type { Selectable } from 'kysely';
import { debtsOf } from '../engine/case/debts.ts';
import { isOpen } from '../engine/case/findings/finding.ts';
import { shownFlags } from '../engine/case/shown-flags.ts';
import type { CaseState } from '../engine/case/state.ts';
import { plainName } from '../engine/plain-name.ts';
import { AMOUNT, CUSTOMER } from '../engine/playbook/given-facts.ts';
import type { Value } from '../engine/playbook/value.ts';
import { answerDigests } from './answer-digests.ts';
import type { CasesTable } from './schema.ts';

export function caseRow(state: CaseState): Selectable<CasesTable> {
  const { stall } = state.clock;
  const owes = debtsOf(state);
  const amount = state.facts[AMOUNT];
  const customer = state.facts[CUSTOMER]?.value;
  return {
    id: state.case,
    title: state.title,
    pipeline: state.pipeline,
    rules: state.rules,
    status: state.status,
    finished: state.finished,
    finish_reason: state.finish_reason ?? null,
    ungated: state.ungated,
    stage: state.stage,
    owner: state.owner,
    opened_at: state.opened_at,
    entered_at: state.clock.entered_at,
    last_activity_at: state.clock.last_activity_at,
    stalled_since: stall?.started_at ?? null,
    stall_cause: stall?.cause ?? null,
    rungs_fired: stall?.fired ?? null,
    demanded: stall?.demanded ?? false,
    flags: [...shownFlags(state)],
    task_owners: taskOwners(state),
    asked: askedPeople(state),
    to_accept: Object.values(state.evidence).filter((entry) => entry.status === 'submitted').length,
    debts: owes.length,
    debt_due_on: owes.map((debt) => debt.due_on).sort()[0] ?? null,
    owes,
    answer_digests: [...new Set(answerDigests(state).map(({ digest }) => digest))].sort(),
    customer: typeof customer === 'string' ? plainName(customer) : null,
    ...amountColumns(amount?.value),
    amount_mark: amount?.mark ?? null,
    findings: Object.values(state.findings ?? {}).filter((entry) => entry.gone_at === undefined).length,
    parent: state.parent?.case ?? null,
    updated_at: state.last_at,
  };
}

/** Those with a task that is not done, sorted. */
function taskOwners({ tasks }: CaseState): string[] {
  const open = Object.values(tasks).filter((task) => task.done_at === undefined);
  return [...new Set(open.map((task) => task.owner))].sort();
}

/** Of whom an answer is wanted, sorted. */
function askedPeople({
  evidence,
  approvals = {},
  decisions = {},
  findings = {},
  clock: { stall },
}: CaseState): string[] {
  const waiting = Object.values(evidence).filter((entry) => entry.status === 'submitted');
  const demanded = stall?.demanded === true ? (stall.asked ?? []) : [];
  const signers = Object.values(approvals).flatMap(({ steps }) =>
    Object.values(steps).flatMap(({ asked }) => asked.map(({ person }) => person)),
  );
  const again = Object.values(decisions).flatMap((entry) => entry.asked_again?.asked ?? []);
  const found = Object.values(findings).flatMap((entry) => (isOpen(entry) ? entry.asked : []));
  return [
    ...new Set([...demanded, ...signers, ...again, ...found, ...waiting.flatMap((entry) => entry.asked ?? [])]),
  ].sort();
}

function amountColumns(value: Value | undefined): Pick<CasesTable, 'amount_minor' | 'amount_currency'> {
  if (typeof value === 'object' && 'minor' in value)
    return { amount_minor: value.minor, amount_currency: value.currency };
  return { amount_minor: null, amount_currency: null };
}
