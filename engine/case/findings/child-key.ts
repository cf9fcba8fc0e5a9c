/** What tells the cases that one finding starts from those of another, and of another time. */

/** @param n how often it was found */
export function childKeyOf(finding: string, n: number): string {
  return n === 1 ? finding : `${finding}-${n}`;
}
