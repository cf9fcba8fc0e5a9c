/** Compiles notes: where each is attached is settled for every pipeline it is shown in. */

import type { Note } from '../../playbook/knowledge.ts';
import type { Text } from '../../playbook/text.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { Report } from '../diagnostics/report.ts';
import type { AttachmentSource, KnowledgeSource } from '../kinds/knowledge.ts';
import type { Token } from '../shape/shape.ts';
import { type Index, isDeclared } from './index.ts';
import { sourcesOf } from './index-of.ts';
import type { CaseScope } from './scope.ts';

export function compileNote(
  source: KnowledgeSource,
  index: Index,
  cases: ReadonlyMap<string, CaseScope>,
  report: Report,
): Note {
  for (const { value, place } of source.applies_to ?? []) {
    if (isDeclared('pipeline', value, index)) continue;
    report('unknown-pipeline', place, { written: value }, { hint: didYouMean(value, index.pipeline.keys()) });
  }
  const wanted = source.applies_to?.map((one) => one.value) ?? [...index.pipeline.keys()];
  const scopes = wanted.map((name) => cases.get(name)).filter((one) => one !== undefined);
  // Nothing is missed in a pipeline that cannot be read, nor in what it would bring.
  const isWhole = scopes.length === wanted.length && scopes.every((one) => !one.incomplete && !one.watchedUnread);
  const attached = new Map(scopes.map((one) => [one.pipeline, new Set<string>()]));
  const ofPeople: string[] = [];
  for (const attachment of source.attached_to) {
    const { kind, name } = nameOf(attachment);
    if (aboutPeople(index)[kind]?.includes(name.value)) {
      ofPeople.push(`${kind} ${name.value}`);
      continue;
    }
    const having = scopes.filter((one) => namesIn(one)[kind].includes(name.value));
    for (const one of having) attached.get(one.pipeline)?.add(`${kind} ${name.value}`);
    if (having.length > 0 || !isWhole) continue;
    const known = [...scopes.flatMap((one) => namesIn(one)[kind]), ...(aboutPeople(index)[kind] ?? [])];
    const hint = didYouMean(name.value, new Set(known));
    report('unknown-attachment', name.place, { kind: KIND_NAMES[kind], written: name.value }, { hint });
  }
  for (const { value, place } of isWhole ? (source.applies_to ?? []) : []) {
    if (attached.get(value)?.size === 0) report('unused-note', place, { pipeline: value });
  }
  const places = [...attached].filter(([, names]) => names.size > 0);
  return {
    knowledge: source.knowledge.value,
    title: source.title,
    category: source.category.value,
    tags: source.tags?.map((tag) => tag.value) ?? [],
    attached_to: Object.fromEntries(places.map(([pipeline, names]) => [pipeline, [...names]])),
    ...(ofPeople.length > 0 && { attached_to_people: ofPeople }),
    text: source.text,
    at: source.place.at,
  };
}

type Kind = AttachmentSource['kind'];

const KIND_NAMES: Readonly<Record<Kind, Text>> = {
  stage: { zh: '阶段', en: 'stage' },
  milestone: { zh: '里程碑', en: 'milestone' },
  evidence: { zh: '证据', en: 'evidence' },
  gate: { zh: '关口', en: 'gate' },
  approval: { zh: '审批', en: 'approval' },
  decision: { zh: '决策', en: 'decision' },
  ladder: { zh: '阶梯', en: 'ladder' },
  finding: { zh: '发现', en: 'finding' },
  coaching: { zh: '辅导', en: 'coaching flow' },
};

function nameOf(attachment: AttachmentSource): { readonly kind: Kind; readonly name: Token<string> } {
  switch (attachment.kind) {
    case 'stage':
      return { kind: 'stage', name: attachment.body.stage };
    case 'milestone':
      return { kind: 'milestone', name: attachment.body.milestone };
    case 'evidence':
      return { kind: 'evidence', name: attachment.body.evidence };
    case 'gate':
      return { kind: 'gate', name: attachment.body.gate };
    case 'approval':
      return { kind: 'approval', name: attachment.body.approval };
    case 'decision':
      return { kind: 'decision', name: attachment.body.decision };
    case 'ladder':
      return { kind: 'ladder', name: attachment.body.ladder };
    case 'finding':
      return { kind: 'finding', name: attachment.body.finding };
    case 'coaching':
      return { kind: 'coaching', name: attachment.body.coaching };
  }
}

/** What a note can be attached to in one pipeline. */
function namesIn({
  source,
  gates,
  evidence,
  milestones,
  approvals,
  decisions,
  diagnoses,
}: CaseScope): Readonly<Record<Kind, readonly string[]>> {
  return {
    stage: source.stages.map((stage) => stage.stage.value),
    milestone: [...milestones],
    evidence: [...evidence.keys()],
    gate: gates.map((gate) => gate.gate.value),
    approval: [...approvals],
    decision: [...decisions.keys()],
    ladder: source.stages.flatMap((stage) => stage.ladder?.value ?? []),
    finding: diagnoses.flatMap(({ findings }) => findings.map(({ finding }) => finding.value)),
    coaching: [],
  };
}

/** What a note can be attached to that is about people. */
function aboutPeople(index: Index): Readonly<Partial<Record<Kind, readonly string[]>>> {
  const found = sourcesOf(index.rep_diagnosis).flatMap(({ findings }) => findings.map((one) => one.finding.value));
  const breaches = sourcesOf(index.scorecard).flatMap(({ measures }) =>
    measures.flatMap(({ breach }) => breach?.finding.value ?? []),
  );
  return { finding: [...found, ...breaches], coaching: [...index.coaching.keys()] };
}
