/** Which file names which: errors in one keep later stages of checking from the other. */

import type { Declared, Index } from './index.ts';
import { mappedPipelines } from './mapping.ts';
import { startsOf } from './scope.ts';

/** File → files it names; a pipeline counts as naming the gates that apply to it, whose evidence is its own, the decisions made in it and the diagnoses that watch it. */
export function namesOf(index: Index): ReadonlyMap<string, ReadonlySet<string>> {
  const names = new Map<string, Set<string>>();
  const linkFile = (from: string, to: string) => {
    const files = names.get(from) ?? new Set();
    files.add(to);
    names.set(from, files);
  };
  const link = (from: Declared<unknown>, to: Declared<unknown> | undefined) => {
    if (to) linkFile(from.file, to.file);
  };
  const roles = [...index.roles.values()];
  for (const pipeline of index.pipeline.values()) {
    for (const post of roles) link(pipeline, post);
    link(pipeline, index.calendar.get(pipeline.source?.calendar.value ?? ''));
    for (const stage of pipeline.source?.stages ?? []) {
      const ladder = index.ladder.get(stage.ladder?.value ?? '');
      link(pipeline, ladder);
      if (ladder) link(ladder, pipeline);
    }
    // What it hands down and asks of them is checked against what they declare.
    for (const { start } of pipeline.source ? startsOf(pipeline.source, index) : [])
      link(pipeline, index.pipeline.get(start.value));
  }
  for (const one of roles) {
    for (const { calendar } of one.source ? [one.source, ...one.source.posts] : [])
      link(one, index.calendar.get(calendar?.value ?? ''));
    const measuring = (one.source?.authority ?? []).map(({ key, value }) => (value.fact ?? key).value);
    for (const pipeline of index.pipeline.values()) {
      if (pipeline.source?.facts?.some(({ key }) => measuring.includes(key.value))) link(one, pipeline);
    }
  }
  const applying = [index.gate, index.approval, index.decision, index.diagnosis, index.territory].flatMap((of) => [
    ...of.values(),
  ]);
  for (const one of applying) {
    for (const post of roles) link(one, post);
    for (const { value } of one.source?.applies_to ?? []) {
      const pipeline = index.pipeline.get(value);
      link(one, pipeline);
      if (pipeline) link(pipeline, one);
    }
  }
  for (const ladder of index.ladder.values()) for (const post of roles) link(ladder, post);
  for (const flow of index.coaching.values()) {
    for (const post of roles) link(flow, post);
    link(flow, index.calendar.get(flow.source?.calendar.value ?? ''));
  }
  for (const one of index.rhythm.values()) {
    for (const post of roles) link(one, post);
    link(one, index.calendar.get(one.source?.calendar.value ?? ''));
    for (const { short } of one.source?.duties ?? []) link(one, index.coaching.get(short?.coaching.value ?? ''));
  }
  for (const one of index.rep_diagnosis.values()) {
    for (const post of roles) link(one, post);
    for (const { proposes } of one.source?.findings ?? [])
      link(one, index.coaching.get(proposes?.coaching.value ?? ''));
  }
  for (const one of index.scorecard.values()) {
    for (const post of roles) link(one, post);
    for (const { breach } of one.source?.measures ?? [])
      link(one, index.coaching.get(breach?.proposes?.coaching.value ?? ''));
  }
  for (const mapping of index.mapping.values()) {
    for (const { value } of mapping.source ? mappedPipelines(mapping.source) : [])
      link(mapping, index.pipeline.get(value));
  }
  for (const note of index.knowledge.values()) {
    const wanted = note.source?.applies_to?.map((one) => one.value) ?? [...index.pipeline.keys()];
    for (const pipeline of wanted) link(note, index.pipeline.get(pipeline));
    const watching = [...index.diagnosis.values(), ...index.rep_diagnosis.values(), ...index.scorecard.values()];
    for (const one of [...index.gate.values(), ...watching, ...index.coaching.values()]) link(note, one);
  }
  for (const scenarios of index.scenarios.values()) {
    const about = [index.pipeline, index.coaching, index.rhythm].flatMap((kind) => kind.get(scenarios.id) ?? [])[0];
    link(scenarios, about);
    for (const other of names.get(about?.file ?? '') ?? []) linkFile(scenarios.file, other);
  }
  return names;
}
