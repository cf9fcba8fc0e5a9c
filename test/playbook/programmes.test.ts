/** The arithmetic of the shipped programmes, to the printed figure (D36, D40). */

import { expect, it } from 'vitest';
import { seenIn, viewOf } from '../../engine/case/case-view.ts';
import { Drive } from '../case/drive.ts';
import { worldAt } from '../case/run-case.ts';
import { compiledWith } from '../mapping/shipped-mapping.ts';

function factsOf(pipeline: string, facts: object) {
  const drive = new Drive(compiledWith());
  drive.must('mia', { command: 'open', title: 'Programme', pipeline, facts });
  const view = viewOf(worldAt(drive.playbook, drive.now), drive.state);
  if (view === undefined) throw new Error('no view');
  return (name: string) => seenIn(view).fact(name);
}

it('takes changes relative to what was before: 12 to 18 % is +50 %, 60 to 45 days -25 %, and counts days late', () => {
  const fact = factsOf('improvement', {
    conversion_before: '12%',
    conversion_after: '18%',
    ramp_before: 60,
    ramp_after: 45,
    planned_on: '2026-03-25',
    done_on: '2026-03-28',
  });
  expect(fact('conversion_change')).toBeCloseTo(0.5, 12);
  expect(fact('ramp_change')).toBe(-0.25);
  expect(fact('days_late')).toBe(3);
});

it('counts the days to productivity from the day of starting', () => {
  const fact = factsOf('onboarding', { started_on: '2026-01-05', productive_on: '2026-02-19' });
  expect(fact('ramp_days')).toBe(45);
});
