/** Begins with the files that take longest, so that none of them runs alone at the end of a whole run. */

import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The longest first; a file that is not named here comes after them. */
const LONGEST = [
  'test/simulation/years.test.ts',
  'test/faults/inbox-burst.test.ts',
  'test/cli/documents.test.ts',
  'test/faults/quarter.test.ts',
  'test/api/approvals.test.ts',
  'test/cli/serve.test.ts',
];

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const found = LONGEST.findIndex((path) => moduleId.endsWith(path));
      return found < 0 ? LONGEST.length : found;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}
