/** The catalogue of measures: whole in both languages, and written down as `docs/measures.md`. */

import { resolve } from 'node:path';
import { expect, test } from 'vitest';
import { MEASURES } from '../../engine/measure/catalogue.ts';
import { UNIT_TEXTS } from '../../engine/measure/measure.ts';

test('each measure stands there once', () => {
  expect(new Set(MEASURES.map(({ measure }) => measure)).size).toBe(MEASURES.length);
});

test('is written down', async () => {
  const parts = MEASURES.map(({ measure, title, unit, formula, source, better, of, used_by }) => {
    return [
      `## ${measure}`,
      '',
      `**${title.en}** (${title.zh}); unit: ${UNIT_TEXTS[unit].en}; ${better} is better; ${of === 'now' ? 'as it stands now' : 'of a period'}. Used by ${used_by.join(', ')}.`,
      '',
      `- Worked out as: ${formula.en}.`,
      `- 算法：${formula.zh}。`,
      `- From: ${source.en}.`,
      '',
    ].join('\n');
  });
  await expect(`${INTRO}\n${parts.join('\n')}`).toMatchFileSnapshot(resolve('docs/measures.md'));
});

const INTRO = `# Measures

What Playrail works out from its record. \`playrail measures\` and \`GET /v1/measures\` show how each person stands; every figure
comes with \`n\`, the number of cases it rests on, and one with nothing to measure is no figure. A case counts for whoever owns it now. What
the world saw on a day counts on that day, also where it was imported later; a case that was taken up again has not ended. This
page is made from the catalogue (\`engine/measure/catalogue.ts\`).
`;
