/** What was found about a person: recorded by the nightly look, answered by whoever leads them. */

import type { Coaching } from '../../playbook/coaching.ts';
import { mayAnswer } from '../../who/resolve-who.ts';
import { SYSTEM } from '../../who/rights.ts';
import { flowCalendar, whoContext } from '../coaching/turns.ts';
import type { PersonCommandOf } from '../command.ts';
import type { PersonEvent } from '../event.ts';
import { heardOf, isOpen, type RepFinding } from '../findings/finding.ts';
import { proposedAnswers } from '../findings/proposal.ts';
import { askedAbout } from '../findings/ring-findings.ts';
import { holds, isNews, seenOfRep, watchedFor } from '../findings/watch.ts';
import { calendarOf } from '../inbox-rules.ts';
import { accepted, type Decision, forbidden, invalid, problem, reason, refused } from '../no.ts';
import type { PersonState } from '../state.ts';
import type { PersonWorld } from '../world.ts';
import { againstOpening, flowNamed, noSuchFlow, opening } from './coaching.ts';

/**
 * Only what holds by our own conditions too, under the rules of now, and is news. Figures are the look's own: the events
 * carry them. Nothing to record is no mistake.
 */
export function recordFindings(
  world: PersonWorld,
  state: PersonState,
  actor: string,
  { found, gone }: PersonCommandOf<'record_findings'>,
): Decision {
  if (actor !== SYSTEM) return forbidden('not-a-look', { zh: '只有系统可以记录发现', en: 'only the system finds' });
  if (!state.active) return accepted([]);
  const stamp = { v: 1, at: world.now, by: actor } as const;
  const at = { now: world.now, calendar: calendarOf(world, state.role) };
  const watched = watchedFor(world.diagnoses, state.role);
  const entries = state.findings ?? {};
  const events: PersonEvent[] = [];
  for (const { finding, facts } of gone) {
    const entry = entries[finding];
    if (entry === undefined || entry.gone !== undefined) continue;
    const rule = watched.find((one) => one.rule.finding === finding)?.rule;
    if (rule !== undefined && holds(rule, seenOfRep(at, facts))) continue;
    const because = rule === undefined ? 'rule' : 'facts';
    events.push({
      event: 'finding_gone',
      ...stamp,
      finding,
      because,
      facts,
      settles: isOpen(entry) ? heardOf(entry) : [],
    });
  }
  for (const { finding, diagnosis, hash, ...sight } of found) {
    const one = watched.find(({ rule }) => rule.finding === finding);
    const isCurrent = one?.diagnosis.diagnosis === diagnosis && one.diagnosis.hash === hash;
    if (one === undefined || !isCurrent || !isNews(one.rule, entries[finding], at)) continue;
    if (!holds(one.rule, seenOfRep(at, sight.facts))) continue;
    const { rule } = one;
    const n = (entries[finding]?.n ?? 0) + 1;
    events.push({
      event: 'finding_found',
      ...stamp,
      finding,
      diagnosis,
      rule,
      n,
      asked: askedAbout(world, rule),
      ...sight,
    });
  }
  return accepted(events);
}

export function answerFinding(
  world: PersonWorld,
  state: PersonState,
  actor: string,
  { finding, answer, coaching, reason: why }: PersonCommandOf<'answer_finding'>,
): Decision {
  const entry = Object.hasOwn(state.findings ?? {}, finding) ? state.findings?.[finding] : undefined;
  if (entry === undefined) return noSuchFinding(state, finding);
  if (!mayAnswerFinding(world, entry, actor)) {
    const names = entry.asked.join(', ');
    return forbidden('not-finding-owner', { zh: `由 ${names} 答复`, en: `it is answered by ${names}` });
  }
  if (answer === 'decline' && (why ?? '').trim() === '') {
    return invalid(problem('argument-missing', '/reason', { zh: '不采纳要说明原因', en: 'who declines says why' }));
  }
  if (!isOpen(entry)) return refused(notOpen(state, finding, entry));
  const stamp = { v: 1, at: world.now, by: actor } as const;
  const told = why === undefined ? {} : { reason: why };
  const answered = { event: 'finding_answered', ...stamp, finding, answer, settles: heardOf(entry), ...told } as const;
  const named = answer === 'decline' ? undefined : (coaching ?? entry.rule.proposes?.coaching);
  if (named === undefined) return accepted([answered]);
  const flow = flowNamed(world, named);
  if (flow === undefined) return noSuchFlow(world, named);
  const open = (state.sessions ?? []).find((one) => one.flow.coaching === named);
  if (open !== undefined) return accepted([{ ...answered, session: open.session }]);
  const against = againstOpening(state, named);
  if (against !== undefined) return against;
  const begun = beginning(world, state, actor, { finding, entry, flow });
  const session = begun.flatMap((one) => (one.event === 'coaching_opened' ? [one.session] : []))[0];
  return accepted([{ ...answered, ...(session !== undefined && { session }) }, ...begun]);
}

interface Begun {
  readonly finding: string;
  readonly entry: RepFinding;
  readonly flow: Coaching;
}

function beginning(world: PersonWorld, state: PersonState, actor: string, { finding, entry, flow }: Begun) {
  const calendar = flowCalendar(world, state, flow);
  const proposed = proposedAnswers(entry, flow, { facts: entry.facts, lang: state.lang, calendar, now: world.now });
  return opening(world, state, actor, flow, { finding, ...(Object.keys(proposed).length > 0 && { proposed }) });
}

/** Who was asked, whom the rule names now, and everybody above them; never the person themselves. */
function mayAnswerFinding(world: PersonWorld, { asked, rule }: RepFinding, actor: string): boolean {
  if (actor === world.person) return false;
  return asked.includes(actor) || mayAnswer(world.people, rule.owner, whoContext(world), actor);
}

function noSuchFinding({ findings = {} }: PersonState, written: string): Decision {
  const names = Object.keys(findings).sort().join(', ');
  const message = {
    zh: `没有发现 \`${written}\`；有：${names === '' ? '无' : names}`,
    en: `there is no finding \`${written}\`; there are: ${names === '' ? 'none' : names}`,
  };
  return invalid(problem('finding-unknown', '/finding', message));
}

function notOpen({ person }: PersonState, finding: string, { answer, gone }: RepFinding) {
  const message =
    gone !== undefined
      ? { zh: `\`${finding}\` 已不再成立`, en: `\`${finding}\` holds no longer` }
      : { zh: `\`${finding}\` 已由 ${answer?.by} 答复`, en: `\`${finding}\` was answered by ${answer?.by} already` };
  return reason('finding-not-open', person, message);
}
