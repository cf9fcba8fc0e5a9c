/**
 * Approvals once more, written from what people were promised and not from the code: no quorum trees, no events, no clocks.
 * One turn of named voices, each with the people who may speak for it; told of every command that was accepted.
 */

/** A voice of the turn: whoever of those may give it. */
export interface ModelVoice {
  readonly voice: string;
  readonly people: readonly string[];
}

export type ModelOutcome = 'none' | 'under review' | 'approved' | 'rejected' | 'sent_back' | 'recalled' | 'void';

type Verdict = 'accepted' | 'no';

export class ApprovalModel {
  outcome: ModelOutcome = 'none';
  /** Voice → who gave it, and what they said. */
  readonly said = new Map<string, { readonly by: string; readonly yes: boolean }>();
  private readonly voices: readonly ModelVoice[];
  private readonly needed: number;
  private readonly fallback: readonly string[];
  private owner: string;
  private own = new Set<string>();
  /** What was reviewed by each step has changed since. */
  private isStale = false;

  /** @param needed how many of the voices are enough @param fallback who speaks for a voice that nobody else can */
  constructor(owner: string, voices: readonly ModelVoice[], needed: number, fallback: readonly string[]) {
    this.owner = owner;
    this.voices = voices;
    this.needed = needed;
    this.fallback = fallback;
  }

  /** Whose own submission it is, and who therefore says nothing. */
  isOwn(person: string): boolean {
    return person === this.owner || this.own.has(person);
  }

  request(by: string): Verdict {
    if (this.outcome === 'under review' || (this.outcome === 'approved' && !this.isStale)) return 'no';
    this.said.clear();
    this.own = new Set([by, this.owner]);
    this.outcome = 'under review';
    this.isStale = false;
    return 'accepted';
  }

  recall(): Verdict {
    return this.end('recalled');
  }

  sendBack(by: string): Verdict {
    return this.seatOf(by) === undefined ? 'no' : this.end('sent_back');
  }

  answer(by: string, yes: boolean): Verdict {
    const voice = this.seatOf(by);
    if (voice === undefined) return 'no';
    this.said.set(voice, { by, yes });
    this.count();
    return 'accepted';
  }

  /** By somebody else than who asked for it: everything said of it before counts no more. */
  change(by: string): Verdict {
    if (this.outcome === 'under review') {
      if (by === this.submitter || by === this.owner) return 'no';
      this.said.clear();
    } else if (this.outcome === 'approved') {
      this.said.clear();
      this.outcome = 'void';
    }
    return 'accepted';
  }

  handOver(to: string): Verdict {
    if (to === this.owner) return 'no';
    if (this.outcome === 'under review') {
      this.own.add(to);
      this.own.add(this.owner);
    }
    this.owner = to;
    if (this.outcome !== 'under review' && this.outcome !== 'approved') return 'accepted';
    const isTheirs = [...this.said.values()].some(({ by }) => this.isOwn(by));
    if (!isTheirs) return 'accepted';
    this.said.clear();
    if (this.outcome === 'approved') this.outcome = 'void';
    return 'accepted';
  }

  /** Who could answer now. */
  get asked(): readonly string[] {
    return [...new Set([...this.seats().values()].flat())].sort();
  }

  private get submitter(): string | undefined {
    return [...this.own][0];
  }

  private end(outcome: ModelOutcome): Verdict {
    if (this.outcome !== 'under review') return 'no';
    this.outcome = outcome;
    return 'accepted';
  }

  /** Open voices with those who may give them: nobody twice, nobody for their own. */
  private seats(): ReadonlyMap<string, readonly string[]> {
    const seats = new Map<string, readonly string[]>();
    if (this.outcome !== 'under review') return seats;
    const spent = new Set([...this.said.values()].map(({ by }) => by));
    const free = (person: string): boolean => !spent.has(person) && !this.isOwn(person);
    for (const { voice, people } of this.voices) {
      if (this.said.has(voice)) continue;
      const own = people.filter(free);
      const speakers = own.length > 0 ? own : this.fallback.filter(free);
      if (speakers.length === 1 && speakers[0] !== undefined) spent.add(speakers[0]);
      seats.set(voice, speakers);
    }
    return seats;
  }

  /** The voice a person gives: of several the one that fewest others could give. */
  private seatOf(person: string): string | undefined {
    const mine = [...this.seats()].filter(([, people]) => people.includes(person));
    return mine.sort(([, a], [, b]) => a.length - b.length)[0]?.[0];
  }

  private count(): void {
    const yes = [...this.said.values()].filter((one) => one.yes).length;
    const left = this.voices.length - (this.said.size - yes);
    if (yes >= this.needed) this.outcome = 'approved';
    else if (left < this.needed) this.outcome = 'rejected';
  }
}
