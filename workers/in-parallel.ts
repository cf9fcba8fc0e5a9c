/** Does the same for many, several at a time. */

const AT_ONCE = 32;

/** @throws what the first failing act throws; those under way are not waited for. */
export async function inParallel<T>(items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values();
  const lane = async (): Promise<void> => {
    for (const item of rest) await act(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}
