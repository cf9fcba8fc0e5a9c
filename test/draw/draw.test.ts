/** Pictures of what ships, and of names that mean something to the one who draws. */

import { describe, expect, test } from 'vitest';
import { drawAll } from '../../cli/draw/draw.ts';
import { Flowchart } from '../../cli/draw/mermaid.ts';
import { runDraw } from '../../cli/run-draw.ts';
import type { Lang } from '../../engine/playbook/text.ts';
import { compileBase, setOf } from '../language/read-set.ts';

/** A node `id["text"]` in any bracket, or an arrow `a -->|"text"| b`: all that a chart of ours is made of. */
const LINE = /^ {2}(?:\w+(?:\[\/?|\{|\(\[|\(\()"[^"]*"(?:\/?\]|\}|\]\)|\)\))|\w+ -->(?:\|"[^"]*"\|)? \w+)$/u;

const SHIPPED = ['large-deal', 'small-deal', 'win-strategy', 'contract-countersign', 'price-approval'] as const;

describe.each(SHIPPED)('%s', (name) => {
  test.each<Lang>(['zh', 'en'])('is drawn (%s)', async (lang) => {
    const drawn = runDraw(name, { playbooks: 'playbooks', lang });
    await expect(drawn).toMatchFileSnapshot(`${name}.${lang}.mmd`);
  });
});

test.each(SHIPPED)('every arrow of %s leads from a node to a node', (name) => {
  const [head, ...lines] = runDraw(name, { playbooks: 'playbooks', lang: 'en' }).trimEnd().split('\n');
  expect(head).toBe('flowchart TD');
  for (const line of lines) expect(line).toMatch(LINE);
  const nodes = new Set(lines.flatMap((line) => /^ {2}(\w+)[[{(]/.exec(line)?.[1] ?? []));
  const ends = lines.flatMap((line) => /^ {2}(\w+) -->.* (\w+)$/.exec(line)?.slice(1) ?? []);
  expect(ends.filter((end) => !nodes.has(end))).toEqual([]);
});

test('a table is its rules, in their order', () => {
  const set = setOf(compileBase());
  const [drawing] = drawAll(set, 'size', 'en');
  expect(drawing?.mermaid).toBe(`flowchart TD
  start(("Size"))
  table["the one rule that holds"]
  rule_1[/"1<br/>Amount more than 200,000.00 CNY"/]
  rule_2[/"2<br/>Amount at most 200,000.00 CNY"/]
  outcome_large(["Large"])
  outcome_small(["Small"])
  start --> table
  rule_1 --> outcome_large
  table --> rule_1
  rule_2 --> outcome_small
  table --> rule_2
`);
});

test('words that mean something to Mermaid are only words', () => {
  const chart = new Flowchart()
    .node('a', 'question', 'Is "x" < 3 & y > #4; `z`?', 'end\n  b --> c')
    .arrow('a', 'a', '|yes| "]')
    .toString();
  const lines = chart.trimEnd().split('\n').slice(1);
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(line).toMatch(LINE);
  expect(chart).toContain('Is #quot;x#quot; #lt; 3 #amp; y #gt; #35;4; #96;z#96;?<br/>end b --#gt; c');
});

test.each([
  ['no-such-thing', undefined, 'there is no pipeline, decision or approval called `no-such-thing`'],
  ['large-deal', 'decision', 'there is no pipeline, decision or approval called `large-deal`'],
  ['large-deal', 'ladder', '`ladder` cannot be drawn, only pipeline, decision, approval'],
])('%s (%s) is refused with what there is', (name, kind, message) => {
  const draw = () => runDraw(name, { playbooks: 'playbooks', ...(kind && { kind }), lang: 'en' });
  expect(draw).toThrow(expect.objectContaining({ text: expect.objectContaining({ en: message }) }));
});
