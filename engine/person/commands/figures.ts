/** `enter_figure`: a measure that no journal holds, entered with its source and its days (D43). */

import { type MeasureId, measureOf } from '../../measure/catalogue.ts';
import { ENTERED_MEASURES } from '../../measure/entered.ts';
import { isAbove } from '../../who/reporting-line.ts';
import type { PersonCommandOf } from '../command.ts';
import { accepted, type Decision, forbidden, invalid, problem } from '../no.ts';
import { mayBring } from '../rights.ts';
import type { PersonState } from '../state.ts';
import type { PersonWorld } from '../world.ts';

/** Nobody enters their own: whoever leads the person does, and who brings in what other systems know. */
export function enterFigure(
  world: PersonWorld,
  state: PersonState,
  actor: string,
  { measure: named, value, from, until, source }: PersonCommandOf<'enter_figure'>,
): Decision {
  const isOther = actor !== state.person && (isAbove(world.people, actor, state.person) || mayBring(world, actor));
  if (!isOther) {
    return forbidden('not-your-rep', {
      zh: '只有其上级或导入人员可以填报',
      en: 'only those above them, or who may import, enter figures',
    });
  }
  const measure = ENTERED_MEASURES.find((one) => one.measure === named)?.measure;
  if (measure === undefined) return notEntered(named);
  if (from > until) {
    const message = {
      zh: `末日 ${until} 早于首日 ${from}`,
      en: `the last day ${until} lies before the first, ${from}`,
    };
    return invalid(problem('period-backwards', '/until', message));
  }
  const event = { event: 'figure_entered', v: 1, at: world.now, by: actor } as const;
  return accepted([{ ...event, measure, value: inBase(measure, value), from, until, source }]);
}

/** Percents are entered as people say them, 92, and kept as fractions. */
function inBase(measure: MeasureId, value: number): number {
  return measureOf(measure).unit === 'percent' ? value / 100 : value;
}

function notEntered(written: string): Decision {
  const names = ENTERED_MEASURES.map(({ measure }) => measure).join(', ');
  const message = {
    zh: `\`${written}\` 不是填报的指标；填报的有：${names}`,
    en: `\`${written}\` is no measure that is entered; these are: ${names}`,
  };
  return invalid(problem('measure-not-entered', '/measure', message));
}
