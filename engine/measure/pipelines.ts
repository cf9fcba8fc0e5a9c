/** Which cases measures count: by the subject that their pipelines declare. */

import type { PlaybookSet } from '../playbook/set.ts';

export const MEASURED_SUBJECTS = ['opportunity', 'lead', 'visit', 'obligation', 'complaint'] as const;
export type MeasuredSubject = (typeof MEASURED_SUBJECTS)[number];

/** The pipelines of each subject; none where nothing declares it. */
export type MeasuredPipelines = Readonly<Record<MeasuredSubject, readonly string[]>>;

export function measuredPipelines({ rules }: PlaybookSet): MeasuredPipelines {
  const of = (subject: MeasuredSubject): readonly string[] =>
    Object.values(rules).flatMap(({ pipeline }) => (pipeline.subject === subject ? [pipeline.pipeline] : []));
  return {
    opportunity: of('opportunity'),
    lead: of('lead'),
    visit: of('visit'),
    obligation: of('obligation'),
    complaint: of('complaint'),
  };
}
