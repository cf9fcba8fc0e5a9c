/** Every person a scenario names, so that those without a table can be made up. */

import type { RawValues } from '../case/command.ts';
import type { Scenario, ScenarioLine } from '../playbook/scenario.ts';
import type { Rules } from '../playbook/set.ts';
import type { Field } from '../playbook/value.ts';

export function namesIn(scenario: Scenario, rules: Rules): readonly string[] {
  const { given, timeline } = scenario;
  return [given.owner, ...personFacts(rules, given.facts), ...timeline.flatMap((line) => namesInLine(line, rules))];
}

function namesInLine({ by, expect = [], do: body }: ScenarioLine, rules: Rules): readonly string[] {
  const said = [by, ...expect.map((expectation) => ('who' in expectation ? expectation.who : undefined))];
  const people = said.flatMap((who) => (who?.kind === 'person' ? [who.person] : []));
  switch (body?.command) {
    case 'open':
      return [...people, ...texts([body.owner]), ...personFacts(rules, body.facts ?? {})];
    case 'set_facts':
      return [...people, ...personFacts(rules, body.facts)];
    case 'plan_task':
    case 'waive':
      return [...people, ...texts([body.owner])];
    case 'inspect':
      return [...people, ...texts([body.next_step.owner])];
    case 'hand_over':
      return [...people, body.to];
    case 'add_signer':
    case 'remove_signer':
      return [...people, body.person];
    case 'transfer':
    case 'delegate':
      return [...people, body.to];
    case 'copy_to':
      return [...people, ...body.people];
    case 'resolve':
      return [...people, ...(body.way === 'hand_over' ? texts([body.with?.['to']]) : [])];
    case 'submit_evidence': {
      const sheets = [...rules.pipeline.stages, ...rules.gates].flatMap(({ evidence }) => evidence);
      const fields = sheets.find(({ evidence }) => evidence === body.evidence)?.fields ?? [];
      return [...people, ...personFields(fields, body.fields ?? {})];
    }
    default:
      return people;
  }
}

function personFacts({ pipeline }: Rules, values: RawValues): readonly string[] {
  return texts(Object.keys(values).map((fact) => (pipeline.facts[fact]?.type === 'person' ? values[fact] : undefined)));
}

function personFields(fields: readonly Field[], values: RawValues): readonly string[] {
  return texts(fields.map(({ field, type }) => (type === 'person' ? values[field] : undefined)));
}

function texts(values: readonly unknown[]): readonly string[] {
  return values.filter((value) => typeof value === 'string');
}
