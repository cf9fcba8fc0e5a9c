/** `record_findings` and `answer_finding`: what a diagnosis found enters the case, and what becomes of it. */

import { addDuration } from '../../time/calendar.ts';
import { mayAnswer, resolveWho } from '../../who/resolve-who.ts';
import { act } from '../act.ts';
import { whoContextOf } from '../case-view.ts';
import { type CommandContext, draftOf, type Handler } from '../commands/handler.ts';
import type { Draft } from '../draft.ts';
import { lookUp } from '../look-up.ts';
import { forbidden, invalid, misfit, refusal, refused } from '../no.ts';
import { childKeyOf } from './child-key.ts';
import { type FindingEntry, heardOf, isOpen } from './finding.ts';
import { lookAt, ruleFor, sightOf, type Watched } from './watch.ts';

/**
 * Only what holds at this moment by our own conditions too is recorded: the case may have changed since it was looked at,
 * and the look after that change says the rest. Nothing to record is no mistake.
 */
export const recordFindings: Handler<'record_findings'> = (context, { found, gone }) => {
  const draft = draftOf(context);
  const due = lookAt(context);
  for (const finding of due.gone.filter((one) => gone.includes(one))) {
    const entry = lookUp(context.state.findings ?? {}, finding);
    if (entry === undefined) continue;
    const because = ruleFor(context, finding) === undefined ? 'rule' : 'facts';
    draft.add({ event: 'finding_gone', finding, because, settles: isOpen(entry) ? heardOf(entry) : [] });
  }
  for (const watched of due.found) {
    const { diagnosis, rule } = watched;
    const isSaid = found.some(
      (one) => one.finding === rule.finding && one.diagnosis === diagnosis.diagnosis && one.hash === diagnosis.hash,
    );
    if (isSaid) find(draft, watched);
  }
  return draft.accepted();
};

function find(draft: Draft, { diagnosis, rule }: Watched): void {
  const { view } = draft;
  const { finding, respond_within: within } = rule;
  const n = (lookUp(view.state.findings ?? {}, finding)?.n ?? 0) + 1;
  draft.add({
    event: 'finding_found',
    finding,
    diagnosis: diagnosis.diagnosis,
    hash: diagnosis.hash,
    class: rule.class,
    n,
    ...sightOf(view, rule),
    asked: resolveWho(view.world.people, rule.owner, whoContextOf(view)),
    ...(within !== undefined && { due_at: addDuration(view.calendar, view.at, within) }),
    rule: rule.at,
  });
  for (const action of rule.do) act(draft, action, childKeyOf(finding, n));
}

export const answerFinding: Handler<'answer_finding'> = (context, { finding, answer, reason }) => {
  const entry = lookUp(context.state.findings ?? {}, finding);
  if (entry === undefined) return invalid(misfit('finding-unknown', '/finding', finding));
  const rule = ruleFor(context, finding);
  if (!mayAnswerFinding(context, finding, entry)) return forbidden('not-finding-owner', finding);
  if (answer === 'decline' && (reason ?? '').trim() === '')
    return invalid(misfit('argument-missing', '/reason', 'reason'));
  if (!isOpen(entry)) return refused(refusal('finding-not-open', [finding, entry], { about: `finding ${finding}` }));
  const draft = draftOf(context);
  draft.add({
    event: 'finding_answered',
    finding,
    answer,
    digest: rule === undefined ? entry.digest : sightOf(context, rule).digest,
    settles: heardOf(entry),
    ...(reason !== undefined && { reason }),
  });
  if (answer === 'respond')
    for (const action of rule?.on_respond ?? []) act(draft, action, childKeyOf(finding, entry.n));
  return draft.accepted();
};

/** Who was asked, whom the playbook names now, and everybody above them. */
function mayAnswerFinding(context: CommandContext, finding: string, { asked }: FindingEntry): boolean {
  const { actor, world } = context;
  if (asked.includes(actor)) return true;
  const owner = ruleFor(context, finding)?.owner;
  return owner !== undefined && mayAnswer(world.people, owner, whoContextOf(context), actor);
}
