/** What a rung does, in words. */

import type { Action } from '../../engine/playbook/action.ts';
import type { Rung } from '../../engine/playbook/ladder.ts';
import type { Roles } from '../../engine/playbook/roles.ts';
import type { Text } from '../../engine/playbook/text.ts';
import { same } from '../../engine/playbook/value-text.ts';
import type { Who } from '../../engine/playbook/who.ts';
import { type Titles, titleIn } from './titles.ts';

/** Where things and posts get their titles. */
export interface Names {
  readonly titles: Titles;
  readonly roles: Roles;
}

/** Who is meant, as people call them. */
export function whoText(who: Who, names: Names): Text {
  switch (who.kind) {
    case 'owner':
      return { zh: '负责人', en: 'the owner' };
    case 'manager':
      return { zh: '经理', en: 'the manager' };
    case 'role':
      return names.roles.posts.find((post) => post.role === who.role)?.title ?? same(who.role);
    case 'fact':
      return names.titles.facts.get(who.fact)?.title ?? same(who.fact);
    case 'authority':
      return { zh: '有权审批的人', en: 'whoever has the authority' };
  }
}

function actionText(action: Action, names: Names): Text {
  switch (action.kind) {
    case 'remind': {
      const who = whoText(action.who, names);
      return { zh: `提醒${who.zh}`, en: `remind ${who.en}` };
    }
    case 'notify': {
      const who = whoText(action.who, names);
      return { zh: `通知${who.zh}`, en: `notify ${who.en}` };
    }
    case 'task': {
      const who = whoText(action.owner, names);
      return { zh: `给${who.zh}派任务：${action.title.zh}`, en: `task for ${who.en}: ${action.title.en}` };
    }
    case 'require': {
      const title = titleIn(names.titles.evidence, action.evidence);
      return { zh: `另需证据：${title.zh}`, en: `require ${title.en}` };
    }
    case 'hand_over': {
      const who = whoText(action.to, names);
      return { zh: `移交给${who.zh}`, en: `hand over to ${who.en}` };
    }
    case 'flag':
      return { zh: `标记 ${action.flag}`, en: `flag ${action.flag}` };
    case 'send':
      return { zh: `发送到 ${action.to}`, en: `send to ${action.to}` };
    case 'start':
      return { zh: `开始“${action.title.zh}”`, en: `start ${action.title.en}` };
  }
}

export function rungTexts(rung: Rung, names: Names): Text[] {
  const texts = rung.do.map((action) => actionText(action, names));
  if (rung.demand === undefined) return texts;
  const who = whoText(rung.demand.of, names);
  return [...texts, { zh: `要求${who.zh}决策`, en: `demand a decision of ${who.en}` }];
}
