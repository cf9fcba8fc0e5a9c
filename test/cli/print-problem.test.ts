/** How a refusal reads at a terminal. */

import { describe, expect, it } from 'vitest';
import { reasonOf } from '../../cli/api-client.ts';
import { reasonLines } from '../../cli/print-problem.ts';

const leaf = (en: string, one_of?: readonly { choice: number; way: number }[]) => ({
  truth: false,
  text: { zh: `中文 ${en}`, en },
  ...(one_of && { one_of }),
});

describe('an unmet criterion', () => {
  const reason = reasonOf({
    code: 'milestone-unmet',
    message: { zh: '里程碑未达成', en: 'milestone is not reached' },
    about: 'milestone talk',
    rule: { file: 'deal.yaml', line: 3, col: 5 },
    unmet: [
      leaf('a sheet'),
      leaf('a call', [{ choice: 1, way: 0 }]),
      leaf('a visit', [{ choice: 1, way: 1 }]),
      leaf('its report', [{ choice: 1, way: 1 }]),
      leaf('a mail', [{ choice: 2, way: 0 }]),
      leaf('a letter', [{ choice: 2, way: 1 }]),
    ],
    people: [{ person: 'ann', name: 'Ann' }],
  });

  it('shows what is needed, and under each choice its ways', () => {
    expect(reasonLines(reason, 'en')).toEqual([
      '- milestone is not reached  [milestone talk]',
      '    a sheet',
      '    any one of:',
      '      · a call',
      '      · a visit',
      '        its report',
      '    any one of:',
      '      · a mail',
      '      · a letter',
      '    rule: deal.yaml:3:5',
      '    who can: Ann',
    ]);
  });

  it('says so in Chinese', () => {
    expect(reasonLines(reason, 'zh')).toContain('    以下任一：');
  });
});
