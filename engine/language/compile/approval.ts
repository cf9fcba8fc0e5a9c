/** Compiles approvals: every voice led to a post or a person, everything it binds to a fact or evidence. */

import type { Approval, ApprovalRung, ApprovalStep, Bound, Quorum, Voice } from '../../playbook/approval.ts';
import type { Who } from '../../playbook/who.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import {
  type ApprovalRungSource,
  type ApprovalSource,
  type BoundSource,
  type StepSource,
  stepsOf,
  type VoiceSource,
} from '../kinds/approval.ts';
import type { Token } from '../shape/shape.ts';
import { compileCondition, factNamed } from './condition.ts';
import { type Index, isDeclared } from './index.ts';
import { missingIn, type Scope, useEvidence } from './scope.ts';
import { compileWho } from './who.ts';

/** @param scope the cases of every pipeline the approval applies to */
export function compileApproval(source: ApprovalSource, index: Index, scope: Scope): Approval {
  for (const { value, place } of source.applies_to) {
    if (isDeclared('pipeline', value, index)) continue;
    scope.report('unknown-pipeline', place, { written: value }, { hint: didYouMean(value, index.pipeline.keys()) });
  }
  reportDuplicates(stepsOf(source), scope);
  return {
    approval: source.approval.value,
    title: source.title,
    ...(source.why ? { why: source.why } : {}),
    applies_to: source.applies_to.map((one) => one.value),
    ...(source.fresh_for ? { fresh_for: source.fresh_for.value } : {}),
    ...(source.remind_every ? { remind_every: source.remind_every.value } : {}),
    turns: source.steps.map((turn) =>
      (turn.kind === 'together' ? turn.body.together : [turn.body]).flatMap((step) => compileStep(step, scope)),
    ),
    at: source.place.at,
  };
}

function reportDuplicates(steps: readonly StepSource[], { report }: Scope): void {
  const first = new Map<string, StepSource>();
  for (const one of steps) {
    const { value, place } = one.step;
    const earlier = first.get(value);
    if (earlier === undefined) {
      first.set(value, one);
      continue;
    }
    const message = { zh: '第一次声明在这里', en: 'first declared here' };
    const related = [{ place: earlier.step.place, message }];
    report('duplicate-id', place, { kind: { zh: '步骤', en: 'step' }, id: value }, { related });
  }
}

function compileStep(source: StepSource, scope: Scope): readonly ApprovalStep[] {
  const when = source.when && compileCondition(source.when, scope);
  const ask = compileAsk(source, scope);
  const fallback = source.fallback && compileSigner(source.fallback, scope);
  if (ask === undefined) return [];
  if (asksAuthority(ask) || fallback?.kind === 'authority') reportUnbound(source, scope);
  return [
    {
      step: source.step.value,
      title: source.title,
      ...(when ? { when } : {}),
      ask,
      binds: source.binds.flatMap((one) => compileBound(one, scope)),
      ...(source.respond_within ? { respond_within: source.respond_within.value } : {}),
      rungs: (source.rungs ?? []).map((rung) => compileRung(rung, scope)),
      ...(fallback ? { fallback } : {}),
      at: source.place.at,
    },
  ];
}

function asksAuthority(voice: Voice): boolean {
  return voice.kind === 'group' ? voice.of.some(asksAuthority) : voice.who.kind === 'authority';
}

/** Who has the authority hangs on these facts: an answer must be void when one of them changes. */
function reportUnbound({ binds, keyPlaces, place }: StepSource, { cases, roles, report }: Scope): void {
  const bound = new Set(binds.flatMap((one) => ('value' in one ? [one.value] : [])));
  for (const fact of roles?.measuring ?? []) {
    if (bound.has(fact) || !cases.some((one) => one.facts.has(fact))) continue;
    report('authority-unbound', keyPlaces.binds ?? place, { fact });
  }
}

function compileAsk(source: StepSource, scope: Scope): Voice | undefined {
  const { ask, quorum, place } = source;
  if ('value' in ask) {
    if (quorum !== undefined) scope.report('quorum-of-one', quorum.place);
    return compileVoice(ask, scope);
  }
  return groupOf(ask, quorum, place.at, scope);
}

function compileVoice(source: VoiceSource, scope: Scope): Voice | undefined {
  if ('value' in source) {
    const who = compileSigner(source, scope);
    return who && { kind: 'one', who, at: source.place.at };
  }
  const { place } = source.body;
  if (source.kind === 'of') return groupOf(source.body.of, source.body.quorum, place.at, scope);
  const who = compileSigner(source.body.each, scope);
  return who && { kind: 'each', who, quorum: source.body.quorum?.value ?? 'all', at: place.at };
}

function groupOf(
  sources: readonly VoiceSource[],
  quorum: Token<Quorum> | undefined,
  at: Voice['at'],
  scope: Scope,
): Voice | undefined {
  const of = sources.map((one) => compileVoice(one, scope)).filter((one) => one !== undefined);
  if (typeof quorum?.value === 'number' && quorum.value > sources.length) {
    scope.report('quorum-too-large', quorum.place, { wanted: quorum.value, voices: sources.length });
  }
  return of.length === sources.length ? { kind: 'group', of, quorum: quorum?.value ?? 'all', at } : undefined;
}

/** Nobody approves their own: who owns the case is never asked. */
function compileSigner(source: Token<string>, scope: Scope): Who | undefined {
  if (source.value === 'owner') {
    scope.report('own-approval', source.place);
    return { kind: 'owner' };
  }
  return compileWho(source, scope, 'approve');
}

function compileBound(source: BoundSource, scope: Scope): readonly Bound[] {
  if ('value' in source) {
    const typed = factNamed(source.value, source.place, scope);
    return typed === undefined ? [] : [{ kind: 'fact', fact: source.value }];
  }
  const { value, place } = source.evidence;
  useEvidence(value, scope);
  const lacks = missingIn(scope, (one) => one.evidence.has(value) || one.incomplete);
  if (!lacks) return [{ kind: 'evidence', evidence: value }];
  const hint = didYouMean(value, lacks.evidence.keys());
  scope.report('unknown-evidence', place, { written: value, pipeline: lacks.pipeline }, { hint });
  return [];
}

function compileRung(source: ApprovalRungSource, scope: Scope): ApprovalRung {
  const words = source.do.flatMap((one) => ('value' in one ? [one.value] : []));
  return {
    after: source.after.value,
    remind: words.includes('remind'),
    notify: source.do.flatMap((one) => ('value' in one ? [] : (compileWho(one.notify, scope) ?? []))),
    lapse: words.includes('lapse'),
    at: source.place.at,
  };
}
