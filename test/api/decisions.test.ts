/** A decision through the front door: asked, answered, told with its way and its alternatives, and asked again. */

import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../workers/eventually.ts';
import { startApi, type TestApi } from './start-api.ts';

let api: TestApi;

beforeAll(async () => {
  api = await startApi();
}, 60_000);

afterAll(() => api.stop());

interface Item {
  readonly settled_how?: string;
  readonly message: { readonly kind: string; readonly case: string };
}

const answer = (answers: Readonly<Record<string, string>>, note?: string) => ({
  command: 'answer',
  decision: 'way',
  answers,
  ...(note !== undefined && { note }),
});

test('a case says what must be answered, and by whom', async () => {
  const id = await api.open();
  const shown = await api.ask(`/v1/cases/${id}`);
  expect(shown.body.decisions).toMatchObject([
    {
      decision: 'way',
      kind: 'tree',
      standing: 'missing',
      outcomes: [],
      path: [],
      next: { question: 'ahead', answers: [{ answer: 'yes' }, { answer: 'no' }] },
      can_answer: [{ person: 'liu', name: '刘伟' }],
    },
  ]);
});

test('answers that lead nowhere are told which question comes next', async () => {
  const id = await api.open();
  const short = await api.command(id, answer({ ahead: 'no' }));
  expect(short.status).toBe(422);
  expect(short.body.problems).toMatchObject([{ code: 'answer-missing', path: '/answers/movable' }]);
  const wrong = await api.command(id, answer({ ahead: 'perhaps' }));
  expect(wrong.body.problems).toMatchObject([{ code: 'answer-unknown', path: '/answers/ahead' }]);
  const strange = await api.command(id, answer({ ahead: 'yes' }), 'anna');
  expect(strange.status).toBe(403);
});

test('the way taken is told, and for every other outcome the nearest reason why not', async () => {
  const id = await api.open();
  const made = await api.command(id, answer({ ahead: 'no', movable: 'yes' }, '客户愿意加一条'));
  expect(made.status).toBe(200);
  expect(made.body.events).toMatchObject([{ event: 'decision_made', outcomes: ['flank'], note: '客户愿意加一条' }]);
  const told = await api.ask(`/v1/cases/${id}/decisions/way`);
  expect(told.status).toBe(200);
  expect(told.body).toMatchObject({
    standing: 'current',
    outcomes: [{ outcome: 'flank', title: { en: 'Flank' } }],
    path: [
      { question: 'ahead', answer: 'no', by: 'people', person: { person: 'liu' } },
      { question: 'movable', answer: 'yes', answer_title: { en: 'Yes' } },
    ],
    others: [
      { outcome: 'frontal', text: { en: '"Are we far ahead?" was answered No; it would take Yes' } },
      { outcome: 'leave', text: { en: '"Can we move the criteria?" was answered Yes; it would take No' } },
    ],
  });
  expect(Date.parse(told.body.fresh_until) - Date.parse(told.body.decided_at)).toBe(30 * 86_400_000);
  expect((await api.ask(`/v1/cases/${id}/decisions/no-such`)).status).toBe(404);
});

test('a fact behind an answer has its owner asked again, and the answer takes the question back', async () => {
  const id = await api.open();
  await api.command(id, answer({ ahead: 'yes' }));
  await api.command(id, { command: 'set_facts', facts: { pain: '对手降价' } }, 'zhang');
  const shown = await api.ask(`/v1/cases/${id}`);
  expect(shown.body.decisions).toMatchObject([
    {
      standing: 'asked_again',
      last: [{ outcome: 'frontal' }],
      asked_again: { because: 'facts', questions: ['ahead'], facts: [{ fact: 'pain', title: { en: 'Pain' } }] },
    },
  ]);
  const asked = async () => {
    const items: readonly Item[] = (await api.ask('/v1/inbox', { as: 'liu' })).body.items;
    return items.find(({ message }) => message.case === id && message.kind === 'reminder');
  };
  await eventually('its owner is asked', asked);
  await api.command(id, answer({ ahead: 'yes' }));
  await eventually('the question is taken back', async () => {
    const item = await asked();
    return item?.settled_how === 'decided';
  });
});
