/** What was found about a rep, as the API shows it: the figures then and now, with the cases that support it. */

import { z } from 'zod';
import { FINDING_ANSWERS } from '../../engine/case/findings/finding.ts';
import { notesAbout } from '../../engine/case/notes-for.ts';
import type { RepFinding } from '../../engine/person/findings/finding.ts';
import { answerDue } from '../../engine/person/findings/ring-findings.ts';
import { figuresOf } from '../../engine/person/findings/sight-text.ts';
import { sameFacts } from '../../engine/person/findings/watch.ts';
import type { PersonState } from '../../engine/person/state.ts';
import type { PersonWorld } from '../../engine/person/world.ts';
import { CLASS_TITLES, FINDING_CLASSES } from '../../engine/playbook/diagnosis.ts';
import type { Value } from '../../engine/playbook/value.ts';
import type { RepWorld } from '../visible-rep.ts';
import { at, instant, list, personRef, text } from '../wire/shapes.ts';
import { noteRef, refOf } from './knowledge-view.ts';
import { personRef as refTo } from './person-ref.ts';

const figure = z.strictObject({ fact: z.string(), title: text, shown: text });

export const repFindingShape = z
  .strictObject({
    finding: z.string(),
    diagnosis: z.string(),
    class: z.enum(FINDING_CLASSES),
    class_title: text,
    title: text,
    standing: z
      .enum(['open', 'in_hand', 'declined', 'gone'])
      .meta({ description: 'gone: the figures say so no longer.' }),
    found_at: instant,
    times: z.int().meta({ description: 'How often it was found.' }),
    due_at: instant.exactOptional().meta({ description: 'When a reminder comes.' }),
    asked: list(personRef).meta({ description: 'Whose answer it waits for, or waited for.' }),
    from: z.string(),
    until: z.string(),
    seen: list(figure).meta({ description: 'The figures it was found by, of those days.' }),
    now: list(figure)
      .exactOptional()
      .meta({ description: 'The same figures now, or as they were when it was found no longer: before and after.' }),
    support: z
      .strictObject({
        cases: list(z.string()).meta({ description: 'Some of the cases behind the first figure, the worst first.' }),
        n: z.int(),
        of: z.int(),
        at: z.strictObject({ stage: z.string(), n: z.int() }).exactOptional(),
      })
      .meta({ description: '`n` of `of` cases; where most of them are.' }),
    causes: list(text).meta({ description: 'Possible causes to ask about.' }),
    prescription: text,
    proposes: z.string().exactOptional().meta({ description: 'The flow that accepting it opens.' }),
    answered: z
      .strictObject({
        as: z.enum(FINDING_ANSWERS),
        by: personRef,
        at: instant,
        reason: z.string().exactOptional(),
        session: z.string().exactOptional(),
      })
      .exactOptional(),
    gone_at: instant.exactOptional(),
    notes: list(noteRef).meta({ description: 'Notes that help with it.' }),
    rule: at,
  })
  .meta({ id: 'RepFinding' });
export type RepFindingView = z.output<typeof repFindingShape>;

/** @param facts as they are now; absent: not looked up. @param seesAll whether why it was answered so may be seen */
export function makeRepFinding(
  world: RepWorld,
  state: PersonState,
  [finding, entry]: readonly [string, RepFinding],
  facts: Readonly<Record<string, Value>> | undefined,
  seesAll: boolean,
): RepFindingView {
  const { diagnosis, rule, n, found_at, asked, from, until, support, answer, gone } = entry;
  const due = answerDue(world, state, entry);
  const after = gone?.facts ?? (facts && sameFacts(entry, facts));
  return {
    finding,
    diagnosis,
    class: rule.class,
    class_title: CLASS_TITLES[rule.class],
    title: rule.title,
    standing:
      gone !== undefined ? 'gone' : answer === undefined ? 'open' : answer.as === 'respond' ? 'in_hand' : 'declined',
    found_at,
    times: n,
    ...(due !== undefined && { due_at: due }),
    asked: asked.map((one) => refTo(world.people, one)),
    from,
    until,
    seen: [...figuresOf(entry.facts)],
    ...(after !== undefined && { now: [...figuresOf(after)] }),
    support: { ...support, cases: [...support.cases] },
    causes: [...rule.causes],
    prescription: rule.prescription,
    ...(rule.proposes !== undefined && { proposes: rule.proposes.coaching }),
    ...(answer !== undefined && { answered: answeredView(world, answer, seesAll) }),
    ...(gone !== undefined && { gone_at: gone.at }),
    notes: notesAbout(world, `finding ${finding}`).map(refOf),
    rule: rule.at,
  };
}

function answeredView({ people }: PersonWorld, answer: NonNullable<RepFinding['answer']>, seesAll: boolean) {
  const { reason, ...rest } = answer;
  return { ...rest, by: refTo(people, answer.by), ...(seesAll && reason !== undefined && { reason }) };
}
