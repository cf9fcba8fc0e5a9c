/** Seeded chance: the same seed gives the same numbers for ever, on every machine. */

/** Splitmix and sfc32, as published by Chris Doty-Humphrey: 32-bit arithmetic alone, so that no machine rounds otherwise. */
export class Chance {
  private a = 0;
  private b = 0;
  private c = 0;
  private d = 1;

  /** @param seed any whole number @param stream names one source among several of the same seed, independent of the others */
  constructor(seed: number, stream = '') {
    let mixed = 0x811c9dc5;
    for (const sign of `${seed}/${stream}`) mixed = Math.imul(mixed ^ sign.charCodeAt(0), 0x01000193);
    const next = (): number => {
      mixed = (mixed + 0x9e3779b9) | 0;
      let word = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
      word = Math.imul(word ^ (word >>> 15), 0x735a2d97);
      return word ^ (word >>> 15);
    };
    [this.a, this.b, this.c] = [next(), next(), next()];
    for (let round = 0; round < 12; round++) this.next();
  }

  /** From 0 up to, not including, 1. */
  next(): number {
    const sum = (((this.a + this.b) | 0) + this.d) | 0;
    this.d = (this.d + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** True so often: 0.1 is one time in ten. */
  happens(share: number): boolean {
    return this.next() < share;
  }

  /** @throws RangeError for an empty list. */
  pick<T>(list: readonly T[]): T {
    const found = list[this.between(0, list.length - 1)];
    if (found === undefined) throw new RangeError('nothing to pick from');
    return found;
  }

  /** Each as often as its weight says. @throws RangeError where no weight is above nothing */
  weighted<T>(choices: readonly (readonly [number, T])[]): T {
    let left = this.next() * choices.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, choice] of choices) {
      left -= weight;
      if (left < 0) return choice;
    }
    throw new RangeError('no choice has any weight');
  }

  /** Waiting times with this mean, as of things that come by themselves: mostly short, seldom long. */
  wait(mean: number): number {
    return Math.max(1, Math.round(-Math.log(1 - this.next()) * mean));
  }

  /** The list in another order. */
  shuffled<T>(list: readonly T[]): readonly T[] {
    return list
      .map((one) => ({ one, at: this.next() }))
      .sort((first, second) => first.at - second.at)
      .map(({ one }) => one);
  }
}
