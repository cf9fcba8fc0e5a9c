/** The one message a person gets of all the cases that an import brought in late for them. */

import type { Stall } from '../../engine/case/state.ts';
import type { Message } from '../../engine/person/message.ts';
import type { Text } from '../../engine/playbook/text.ts';

export interface LateCase {
  readonly case: string;
  readonly title: string;
  /** Title of the stage it is in. */
  readonly stage: Text;
  /** Id and name. */
  readonly owner: string;
  readonly ownerName: string;
  /** `yyyy-MM-dd` */
  readonly since: string;
  readonly cause: Stall['cause'];
  /** The ways out that its ladder's demand names; empty where nothing is demanded. */
  readonly ways: readonly string[];
}

type Line = NonNullable<Message['items']>[number];

/** Longer lists are not read: the rest is one command away. */
const MOST_LINES = 10;
const MOST_OWNERS = 8;

const CAUSES: Readonly<Record<LateCase['cause'], Text>> = {
  timebox: { zh: '超过阶段时限', en: 'over the time for the stage' },
  no_activity: { zh: '没有活动', en: 'no activity' },
  due: { zh: '已到期', en: 'past its due date' },
};

/** Cases are added the longest stalled first. */
export class PersonDigest {
  private readonly person: string;
  /** The first few, and whether each waits for this person's decision. */
  private readonly first: { readonly late: LateCase; readonly mustDecide: boolean }[] = [];
  private readonly owners = new Map<string, { readonly name: string; readonly count: number }>();
  private count = 0;
  private toDecide = 0;

  constructor(person: string) {
    this.person = person;
  }

  /** @param mustDecide the ladder's demand waits for this person */
  add(late: LateCase, mustDecide: boolean): void {
    this.count += 1;
    if (mustDecide) this.toDecide += 1;
    const { owner, ownerName: name } = late;
    this.owners.set(owner, { name, count: (this.owners.get(owner)?.count ?? 0) + 1 });
    if (this.first.length < MOST_LINES) this.first.push({ late, mustDecide });
  }

  message(): Message {
    const parts = [this.opening(), ...this.byOwner(), ...this.next()];
    const count = this.count;
    return {
      kind: 'digest',
      title: { zh: `导入：${count} 个案件已停滞`, en: `import: ${count} cases are stalled already` },
      text: { zh: parts.map((part) => part.zh).join('\n'), en: parts.map((part) => part.en).join('\n') },
      items: this.first.map(({ late, mustDecide }) => this.lineOf(late, mustDecide && this.toDecide < count)),
    };
  }

  private get isOwnOnly(): boolean {
    return this.owners.size === 1 && this.owners.has(this.person);
  }

  /** @param isMarked says that it waits for the person, unlike others */
  private lineOf({ case: id, title, stage, owner, ownerName, since, cause }: LateCase, isMarked: boolean): Line {
    const name = owner === this.person ? { zh: '', en: '' } : { zh: `，负责人 ${ownerName}`, en: `, ${ownerName}` };
    const waits = isMarked ? { zh: '，等你决定', en: ', waits for your decision' } : { zh: '', en: '' };
    const why = CAUSES[cause];
    const text = {
      zh: `自 ${since} 停滞于“${stage.zh}”（${why.zh}）${name.zh}${waits.zh}`,
      en: `stalled since ${since} in "${stage.en}" (${why.en})${name.en}${waits.en}`,
    };
    return { case: id, case_title: title, text };
  }

  private opening(): Text {
    const { count, toDecide } = this;
    const whose = this.isOwnOnly ? { zh: '你的', en: 'yours' } : { zh: '你团队的', en: 'your people' };
    const some = { zh: `，其中 ${toDecide} 个等你决定`, en: `; ${toDecide} of them wait for your decision` };
    const all = { zh: '，都等你决定', en: ', and wait for your decision' };
    const decide = toDecide === 0 ? { zh: '', en: '' } : toDecide === count ? all : some;
    return {
      zh: `导入时${whose.zh} ${count} 个案件已经停滞${decide.zh}。此前的提醒都不再补发`,
      en: `${count} cases of ${whose.en} were stalled when they were imported${decide.en}; no older reminders will follow`,
    };
  }

  /** Who has most of them, for those who lead. */
  private byOwner(): readonly Text[] {
    if (this.isOwnOnly) return [];
    const all = [...this.owners.values()].sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
    const list = all.slice(0, MOST_OWNERS).map(({ name, count }) => `${name} ${count}`);
    const more = all.length - list.length;
    const rest = more > 0 ? { zh: `，另有 ${more} 人`, en: `, and ${more} more` } : { zh: '', en: '' };
    return [{ zh: `按负责人：${list.join('、')}${rest.zh}`, en: `by owner: ${list.join(', ')}${rest.en}` }];
  }

  /** What to type next, about the case stalled longest among those that wait for this person, if any do. */
  private next(): readonly Text[] {
    const one = (this.first.find(({ mustDecide }) => mustDecide) ?? this.first[0])?.late;
    const id = one?.case ?? 'ID';
    const ways = one?.ways ?? [];
    const steps: readonly (readonly [string, Text])[] = [
      ['playrail cases --stalled', { zh: '全部，停滞最久的在前', en: 'all of them, longest stalled first' }],
      [`playrail case ${id}`, { zh: '一个案件和它的时钟', en: 'one of them, with its clocks' }],
      this.toDecide > 0
        ? [`playrail do ${id} resolve WAY`, { zh: `决定：${ways.join('、')}`, en: `decide: ${ways.join(', ')}` }]
        : [`playrail explain ${id}`, { zh: '怎样才能推进', en: 'what would move it on' }],
    ];
    const width = Math.max(...steps.map(([command]) => command.length));
    const { length } = this.first;
    const head =
      this.count > length
        ? {
            zh: `停滞最久的 ${length} 个列在下面。接下来：`,
            en: `the ${length} stalled longest are listed below. Next:`,
          }
        : { zh: '接下来：', en: 'next:' };
    return [
      head,
      ...steps.map(([command, what]) => ({
        zh: `  ${command.padEnd(width)}  # ${what.zh}`,
        en: `  ${command.padEnd(width)}  # ${what.en}`,
      })),
    ];
  }
}
