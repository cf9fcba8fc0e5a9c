/** What is to come, earliest first: virtual time leaps from one thing to the next. */

interface Due<T> {
  /** Epoch ms. */
  readonly at: number;
  /** Things of one moment come in the order in which they were planned. */
  readonly order: number;
  readonly what: T;
}

/** A binary heap. */
export class Agenda<T> {
  private readonly heap: Due<T>[] = [];
  private planned = 0;

  plan(at: number, what: T): void {
    this.planned += 1;
    const due = { at, order: this.planned, what };
    let index = this.heap.push(due) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = this.heap[parent];
      if (above === undefined || isBefore(above, due)) break;
      this.heap[index] = above;
      index = parent;
    }
    this.heap[index] = due;
  }

  /** Takes the earliest, if there is one. */
  take(): { readonly at: number; readonly what: T } | undefined {
    const first = this.heap[0];
    const last = this.heap.pop();
    if (first === undefined || last === undefined) return undefined;
    if (this.heap.length > 0) this.sink(last);
    return first;
  }

  private sink(due: Due<T>): void {
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const right = left + 1;
      const lower = this.heap[right];
      const upper = this.heap[left];
      if (upper === undefined) break;
      const [child, least] = lower !== undefined && isBefore(lower, upper) ? [right, lower] : [left, upper];
      if (isBefore(due, least)) break;
      this.heap[index] = least;
      index = child;
    }
    this.heap[index] = due;
  }
}

function isBefore<T>(one: Due<T>, other: Due<T>): boolean {
  return one.at < other.at || (one.at === other.at && one.order < other.order);
}
