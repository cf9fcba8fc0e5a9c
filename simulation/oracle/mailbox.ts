/** A person's mail, kept a second time from their events: what waits, what was mailed, and when neither may come. */

import type { PersonEvent, Profile } from '../../engine/person/event.ts';
import type { Inbox, MessageKind, Roles } from '../../engine/playbook/roles.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import { type SlowTime, slowTimeOf } from './slow-time.ts';

interface Line {
  readonly item: number;
  readonly at: number;
  readonly subject: string | undefined;
}

/** What judges somebody's mail at the moment. */
interface Judges {
  readonly inbox: Inbox;
  readonly time: SlowTime;
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** Longer than any row of days off. */
const LONGEST_BREAK_DAYS = 60;

export class Mailbox {
  private profile: Profile | undefined;
  private lines: readonly Line[] = [];
  private day = '';
  private mails = 0;
  private readonly absences = new Map<string, { readonly from: number; readonly until: number }>();
  private away: string | undefined;
  private backAt = Number.NEGATIVE_INFINITY;
  private backBefore = Number.NEGATIVE_INFINITY;

  /** Numbers of the items that wait for a digest, the oldest first. */
  get waiting(): readonly number[] {
    return this.lines.map(({ item }) => item);
  }

  /** How a message of the kind goes out at the moment: mailed, in the digest, or not at all. */
  mailing(kind: MessageKind, set: PlaybookSet, now: number): 'now' | 'in_digest' | undefined {
    if (this.profile?.email === undefined || !this.profile.active) return undefined;
    const { inbox, time } = judgesOf(set, this.profile.role);
    const when = inbox.mail[kind];
    const isCalm = this.left(inbox, time, now) > 0 && !this.isAway(now) && !isOff(inbox, time, now);
    if (when === 'at_once' || (when === 'in_budget' && isCalm)) return 'now';
    return when === 'never' || inbox.digests.length === 0 ? undefined : 'in_digest';
  }

  /** Mails that may still come today. */
  private left({ budget = Number.POSITIVE_INFINITY }: Inbox, time: SlowTime, now: number): number {
    return budget - (time.dateAt(now) === this.day ? this.mails : 0);
  }

  private isAway(now: number): boolean {
    return this.absenceAt(now) !== undefined;
  }

  private absenceAt(now: number): { readonly until: number } | undefined {
    return [...this.absences.values()].find(({ from, until }) => from <= now && now < until);
  }

  /** Whether what waits goes out at the moment: a time of a digest has come since, and nobody is asleep. */
  isDigestDue(set: PlaybookSet, now: number): boolean {
    const due = this.firstDigest(set, now);
    if (due === undefined || due > now || this.profile === undefined) return false;
    const { inbox, time } = judgesOf(set, this.profile.role);
    return due === now || !isOff(inbox, time, now);
  }

  /** When what waits goes out, where nothing comes between. Epoch ms; absent: nothing waits for a digest. */
  nextDigest(set: PlaybookSet, now: number): number | undefined {
    const due = this.firstDigest(set);
    if (due === undefined || due > now || this.isDigestDue(set, now)) return due;
    return this.presentAfter(set, now);
  }

  /** @param now a timer that comes late finds an absence over and a digest due at once: the one does not put off the other */
  private firstDigest(set: PlaybookSet, now?: number): number | undefined {
    const [oldest] = this.lines;
    const back = this.backAt === now ? this.backBefore : this.backAt;
    return oldest === undefined ? undefined : this.presentAfter(set, Math.max(oldest.at, back));
  }

  /** The first time of a digest at which the person is there. */
  private presentAfter(set: PlaybookSet, after: number): number | undefined {
    if (this.profile?.email === undefined) return undefined;
    const { inbox, time } = judgesOf(set, this.profile.role);
    let at = digestAfter(inbox, time, after);
    while (at !== undefined) {
      const absence = this.absenceAt(at);
      if (absence === undefined) break;
      at = digestAfter(inbox, time, absence.until);
    }
    return at;
  }

  add(event: PersonEvent): void {
    const at = Date.parse(event.at);
    switch (event.event) {
      case 'person_joined':
      case 'person_changed':
        this.profile = event.profile;
        return;
      case 'message_received': {
        const { item, message, mailed } = event;
        const { subject } = message;
        if (subject !== undefined) this.drop((line) => line.subject === subject);
        if (mailed === 'in_digest') this.lines = [...this.lines, { item, at, subject }];
        if (mailed === 'now' && event.day !== undefined) this.count(event.day);
        return;
      }
      case 'subject_settled':
        this.drop(({ subject }) => subject === event.subject);
        return;
      case 'items_read':
      case 'items_dismissed':
        this.drop(({ item }) => event.items.includes(item));
        return;
      case 'digest_sent':
      case 'inbox_closed':
        this.drop(() => true);
        return;
      default:
        this.comeAndGo(event, at);
    }
  }

  private comeAndGo(event: PersonEvent, at: number): void {
    switch (event.event) {
      case 'absence_set': {
        const { absence, from, until } = event.absence;
        this.absences.set(absence, { from: Date.parse(from), until: Date.parse(until) });
        return;
      }
      case 'absence_began':
        this.away = event.absence;
        return;
      case 'absence_cancelled':
      case 'absence_ended':
        if (this.away === event.absence) [this.backBefore, this.backAt] = [this.backAt, at];
        if (this.away === event.absence) this.away = undefined;
        // One that is over stays known: no digest was due while it lasted.
        if (event.event === 'absence_cancelled') this.absences.delete(event.absence);
        return;
      case 'person_left':
        if (this.profile !== undefined) this.profile = { ...this.profile, active: false };
        this.away = undefined;
        this.absences.clear();
        this.drop(() => true);
        return;
      case 'person_returned':
        if (this.profile !== undefined) this.profile = { ...this.profile, active: true };
        return;
      default:
        return;
    }
  }

  private drop(isGone: (line: Line) => boolean): void {
    this.lines = this.lines.filter((line) => !isGone(line));
  }

  private count(day: string): void {
    this.mails = day === this.day ? this.mails + 1 : 1;
    this.day = day;
  }
}

/** @throws Error where the playbooks say nothing of inboxes: the simulated ones always do. */
function judgesOf({ roles, calendars }: PlaybookSet, role: string): Judges {
  const post = postOf(roles, role);
  const inbox = post?.inbox ?? roles.inbox;
  const calendar = calendars[post?.calendar ?? roles.calendar ?? ''];
  if (inbox === undefined || calendar === undefined) throw new Error('no rules of an inbox');
  return { inbox, time: slowTimeOf(calendar) };
}

function postOf({ posts }: Roles, role: string): Roles['posts'][number] | undefined {
  return posts.find((post) => post.role === role);
}

/** A day off, or quiet hours. */
function isOff({ quiet }: Inbox, time: SlowTime, now: number): boolean {
  const wall = time.wallAt(now);
  if (!time.worksOn(Math.floor(wall / DAY_MS))) return true;
  if (quiet === undefined) return false;
  const minute = (wall % DAY_MS) / MINUTE_MS;
  const { from, to } = quiet;
  return from <= to ? from <= minute && minute < to : minute < to || from <= minute;
}

function digestAfter({ digests }: Inbox, time: SlowTime, after: number): number | undefined {
  const first = Math.floor(time.wallAt(after) / DAY_MS);
  const times = digests.toSorted((one, other) => one - other);
  for (let day = first; day < first + LONGEST_BREAK_DAYS; day++) {
    if (!time.worksOn(day)) continue;
    for (const minutes of times) {
      const at = time.fromWall(day * DAY_MS + minutes * MINUTE_MS);
      if (at > after) return at;
    }
  }
  return undefined;
}
