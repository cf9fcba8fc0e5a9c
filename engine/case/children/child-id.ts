/** The ids of cases that other cases start. */

/** No entity has a longer one. */
export const LONGEST_ID = 200;

/** `c-1.obligation.2026-12-01`. */
export function childIdOf(parent: string, pipeline: string, key?: string): string {
  return [parent, pipeline, ...(key === undefined ? [] : [key])].join('.');
}

export function isTooLong(id: string): boolean {
  return id.length > LONGEST_ID;
}
