/** Says of the children that keep a condition from holding where each stands and who can move it. */

import type { Text } from '../../playbook/text.ts';
import type { Value } from '../../playbook/value.ts';
import { resolveWho } from '../../who/resolve-who.ts';
import { type CaseView, nameOf, whoContextOf } from '../case-view.ts';
import { lookUp } from '../look-up.ts';
import type { Child } from './family.ts';

/** @param seen the children that a leaf saw; where there are none, the owner of this case has to see to it */
export function movers(view: CaseView, seen: Value | undefined): readonly string[] {
  const children = childrenAmong(view, seen);
  if (children.length === 0) return resolveWho(view.world.people, { kind: 'owner' }, whoContextOf(view));
  // One that could not begin waits for what the owner of this case puts right.
  return [...new Set(children.map(([, child]) => (child.refused === undefined ? ownerOf(child) : view.state.owner)))];
}

export function whereTheyStand(view: CaseView, seen: Value | undefined): readonly Text[] {
  return childrenAmong(view, seen).map(([id, child]) => standingText(view, id, child));
}

function childrenAmong({ state }: CaseView, seen: Value | undefined): readonly (readonly [string, Child])[] {
  const ids: readonly unknown[] = Array.isArray(seen) ? seen : [];
  return Object.entries(state.children ?? {}).filter(([id]) => ids.includes(id));
}

function standingText(view: CaseView, id: string, child: Child): Text {
  const { news, refused } = child;
  if (refused !== undefined) {
    const zh = refused.map(({ message }) => message.zh).join('；');
    const en = refused.map(({ message }) => message.en).join('; ');
    return { zh: `\`${id}\` 没有开起来：${zh}`, en: `\`${id}\` could not be started: ${en}` };
  }
  const owner = nameOf(view, ownerOf(child));
  if (news === undefined)
    return { zh: `\`${id}\` 正在开始，负责人 ${owner}`, en: `\`${id}\` is beginning, owner ${owner}` };
  const stage = stageTitle(view, news.pipeline, news.stage);
  const over = news.finished ? { zh: '，已结束', en: ' and is finished' } : { zh: '', en: '' };
  return {
    zh: `\`${id}\` 在“${stage.zh}”${over.zh}，负责人 ${owner}`,
    en: `\`${id}\` stands in "${stage.en}"${over.en}, owner ${owner}`,
  };
}

function ownerOf({ news, owner }: Child): string {
  return news?.owner ?? owner;
}

/** As the current playbooks call it. */
function stageTitle({ world }: CaseView, pipeline: string, stage: string): Text {
  const stages = lookUp(world.playbook.rules, pipeline)?.pipeline.stages ?? [];
  return stages.find((one) => one.stage === stage)?.title ?? { zh: stage, en: stage };
}
