/** Whom `explain` asks for evidence and for its acceptance, and when it would rather have it withdrawn. */

import { describe, expect, it } from 'vitest';
import type { Condition } from '../../engine/playbook/condition.ts';
import { accept, advance, asking, by, explained, submit } from './explain/explained.ts';
import {
  all,
  any,
  evidence,
  fact,
  factIs,
  gate,
  hasEvidence,
  lasting,
  milestone,
  not,
  people,
  pipeline,
  place,
  reached,
  roles,
  setOf,
  stage,
  task,
} from './playbook-fixture.ts';

const week = lasting(7, 'days');

describe('explain, about evidence', () => {
  it('has the owner submit and the manager accept', () => {
    const { said, acts } = explained(asking(hasEvidence('first')));
    expect(acts).toEqual(['submit_evidence first (ann)', 'accept_evidence first (mia)']);
    expect(said).toMatchObject({ effort: 2, is_open: false, is_cheapest: true, goal: { stage: 's1', wins: false } });
  });

  it('asks only for acceptance of what waits for it, from somebody who did not submit it', () => {
    expect(explained(asking(hasEvidence('first')), [submit('first')]).acts).toEqual(['accept_evidence first (mia)']);
    const byManager = by('mia', { command: 'submit_evidence', evidence: 'first' });
    expect(explained(asking(hasEvidence('first')), [byManager]).acts).toEqual(['accept_evidence first (dan)']);
  });

  it('asks for no acceptance of what is accepted on submission', () => {
    const { accepted_by: _nobody, ...plain } = evidence('first');
    const { acts } = explained(asking(hasEvidence('first'), { evidence: [plain] }));
    expect(acts).toEqual(['submit_evidence first (ann)']);
  });

  it('asks anew for what is stale, and whom it asks to accept is not barred by the old submission', () => {
    const rule = evidence('first', { fresh_for: week });
    const byManager = by('mia', { command: 'submit_evidence', evidence: 'first' });
    const acceptedAbove = by('dan', { command: 'accept_evidence', evidence: 'first' });
    const set = asking(hasEvidence('first'), { evidence: [rule] });
    const { acts } = explained(set, [byManager, acceptedAbove], { now: '2026-02-05T09:00:00.000Z' });
    expect(acts).toEqual(['submit_evidence first (ann)', 'accept_evidence first (mia)']);
  });

  it('takes the alternative that needs fewest commands', () => {
    const when = any(all(hasEvidence('first'), hasEvidence('second')), all(hasEvidence('second'), task('open')));
    expect(explained(asking(when), [submit('first'), accept('first')]).said.effort).toBe(2);
    expect(explained(asking(when), [submit('second'), accept('second')]).acts).toEqual(['plan_task some day (ann)']);
  });

  it('proposes no acceptance that nobody could give', () => {
    const alone = { ...people, by_id: { ann: { ...people.by_id['ann'], manager: 'ann' } } } as typeof people;
    const { said } = explained(asking(hasEvidence('first')), [submit('first')], { people: alone });
    expect(said.unmet).toHaveLength(1);
    expect(said.acts).toBeUndefined();
    expect(said.is_cheapest).toBe(true);
  });

  it('asks the next one up where whoever the rule names may not accept', () => {
    const set = asking(hasEvidence('first'));
    const posts = roles.posts.map((post) =>
      post.role === 'manager' ? { ...post, may: post.may.filter((right) => right !== 'accept_evidence') } : post,
    );
    const { acts } = explained({ ...set, roles: { ...roles, posts } });
    expect(acts).toEqual(['submit_evidence first (ann)', 'accept_evidence first (dan)']);
  });

  it('asks whoever may, where the owner may not or is gone', () => {
    const set = asking(hasEvidence('first'));
    const posts = roles.posts.map((post) =>
      post.role === 'rep' ? { ...post, may: post.may.filter((right) => right !== 'submit_evidence') } : post,
    );
    expect(explained({ ...set, roles: { ...roles, posts } }).acts).toEqual([
      'submit_evidence first (mia)',
      'accept_evidence first (dan)',
    ]);
    const gone = {
      ...people,
      by_id: { ...people.by_id, ann: { ...people.by_id['liv'], person: 'ann' } },
    } as typeof people;
    expect(explained(set, [], { people: gone }).acts?.[0]).toBe('submit_evidence first (mia)');
  });

  it('looks into gates, other milestones and evidence that a rung required', () => {
    const paper = gate('g', all(hasEvidence('paper'), reached('m')), { evidence: [evidence('paper')] });
    const first = stage('s0', { milestones: [milestone('m', hasEvidence('first'))], evidence: [evidence('first')] });
    const extra = stage('s1', { evidence: [evidence('extra')], milestones: [milestone('n', hasEvidence('extra'))] });
    const set = setOf([pipeline('large', [first, extra])], [paper]);
    const { said } = explained(set, [], { adjust: (state) => ({ ...state, required: ['extra'] }) });
    expect(said.unmet.map((reason) => reason.about)).toEqual(['milestone m', 'evidence extra', 'gate g']);
    expect(said.effort).toBe(6);
  });
});

describe('explain, about withdrawing', () => {
  it('proposes it where a condition wants evidence gone', () => {
    const when = not(hasEvidence('first'));
    expect(explained(asking(when), [submit('first'), accept('first')]).acts).toEqual(['withdraw_evidence first (ann)']);
  });

  /** Leaving s0 rests on `support`, and s1 wants `first` gone. */
  const leading = (support: Condition) =>
    setOf([
      pipeline('large', [
        stage('s0', { milestones: [milestone('m', support)], evidence: [evidence('first'), evidence('second')] }),
        stage('s1', { milestones: [milestone('n', not(hasEvidence('first')))] }),
        stage('s2'),
      ]),
    ]);

  it('never proposes it where the case would fall back', () => {
    const { said, plan } = explained(leading(hasEvidence('first')), [submit('first'), accept('first'), advance]);
    expect(said.unmet).toHaveLength(1);
    expect(plan?.map(({ step }) => step)).not.toContain('withdraw');
    // Handing it in anew ends the acceptance, and is no withdrawal.
    expect(plan).toEqual([{ step: 'submit', evidence: 'first' }]);
  });

  it('proposes support by other evidence before it, where nothing else does', () => {
    const { accepted_by: _nobody, ...plain } = evidence('first');
    const set = setOf([
      pipeline('large', [
        stage('s0', {
          milestones: [milestone('m', any(hasEvidence('first'), hasEvidence('second')))],
          evidence: [plain, evidence('second')],
        }),
        stage('s1', { milestones: [milestone('n', not(hasEvidence('first')))] }),
        stage('s2'),
      ]),
    ]);
    expect(explained(set, [submit('first'), advance]).acts).toEqual([
      'submit_evidence second (ann)',
      'accept_evidence second (mia)',
      'withdraw_evidence first (ann)',
    ]);
  });

  const { accepted_by: _nobody, ...atOnce } = evidence('first');
  const facts = Object.fromEntries([
    fact('size', 'number'),
    fact('score', 'number', {
      from: { kind: 'score', points: [{ when: hasEvidence('first'), points: 1 }], at: place() },
    }),
  ]);
  const wanting = (support: Condition, wanted: Condition) =>
    setOf([
      pipeline(
        'large',
        [
          stage('s0', { milestones: [milestone('m', support)], evidence: [atOnce] }),
          stage('s1', { milestones: [milestone('n', wanted)] }),
          stage('s2'),
        ],
        { facts },
      ),
    ]);

  it('proposes support by a fact before it', () => {
    const support = any(hasEvidence('first'), factIs('size', 'at_least', 3));
    const set = wanting(support, not(hasEvidence('first')));
    expect(explained(set, [submit('first'), advance]).acts).toEqual([
      'set_fact size (ann)',
      'withdraw_evidence first (ann)',
    ]);
  });

  it('minds support where the evidence only adds to a score', () => {
    const low = factIs('score', 'less_than', 1);
    expect(explained(wanting(hasEvidence('first'), low), [submit('first'), advance]).acts).toBeUndefined();
    const lost = any(hasEvidence('first'), factIs('size', 'is_known', true));
    expect(explained(wanting(lost, low), [submit('first'), advance]).acts).toHaveLength(2);
  });

  it('proposes nothing where every way would make it fall back', () => {
    const { said } = explained(wanting(hasEvidence('first'), not(hasEvidence('first'))), [submit('first'), advance]);
    expect(said.acts).toBeUndefined();
    expect(said.is_cheapest).toBe(true);
  });
});
