/** Checks that what a scenario gives as a fact or an answer is a value of its type, as the API would. */

import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { Report } from '../diagnostics/report.ts';
import type { FieldsSource } from '../kinds/form.ts';
import { isMissing } from '../shape/scalar.ts';
import type { Node } from '../syntax/node.ts';
import { readTyped, type TypedSource } from './value.ts';

type Typed = TypedSource & { readonly fields?: FieldsSource | undefined };

/** Reports what does not fit. `null` takes a value away and always fits. */
export function checkGiven(name: string, typed: Typed, node: Node, report: Report): void {
  if (isMissing(node)) return;
  if (typed.type.value === 'rows') checkRows(name, typed.fields ?? [], node, report);
  else if (typed.type.value === 'choices' && node.kind === 'list') {
    for (const item of node.items) readTyped(name, typed, item, report);
  } else readTyped(name, typed, node, report);
}

function checkRows(name: string, columns: FieldsSource, node: Node, report: Report): void {
  if (node.kind !== 'list') {
    const written = node.kind === 'scalar' ? node.text : '{ … }';
    report('wrong-operand', node.place, { name, written, expected: { zh: '多行的列表', en: 'a list of rows' } });
    return;
  }
  const names = columns.map(({ key }) => key.value);
  for (const row of node.items) {
    for (const { key, value } of row.kind === 'map' ? row.entries : []) {
      const column = columns.find((one) => one.key.value === key.text)?.value;
      if (column) checkGiven(key.text, column, value, report);
      else
        report('unknown-column', key.place, { fact: name, written: key.text }, { hint: didYouMean(key.text, names) });
    }
  }
}
