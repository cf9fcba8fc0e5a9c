/** One post as the terminal shows it. */

import type { PostView } from '../api/views/playbooks-view.ts';
import type { Lang, Text } from '../engine/playbook/text.ts';
import { sayIn } from './lang.ts';

const OVER: Readonly<Record<PostView['over'], Text>> = {
  own: { zh: '自己的案例', en: 'on their own cases' },
  team: { zh: '团队的案例', en: 'on the cases of their team' },
  all: { zh: '全部案例', en: 'on all cases' },
};

export function postLines(post: PostView, lang: Lang): readonly string[] {
  const say = sayIn(lang);
  const layer = post.layer === undefined ? '' : `  [${post.layer[lang]}]`;
  const steps = post.process.map((text, i) => `${i + 1}. ${text[lang]}`);
  return [
    `${post.role}  ${post.title[lang]}${layer}`,
    ...(post.manages === undefined ? [] : [`${say('下属', 'manages')} ${post.manages}`]),
    ...section(
      say('职责', 'Duties'),
      post.duties.map((text) => `- ${text[lang]}`),
    ),
    ...section(say('流程', 'Process'), steps),
    ...section(`${say('权利', 'Rights')} (${OVER[post.over][lang]})`, [post.may.join(', ')]),
    ...section(
      say('审批权限', 'May approve'),
      post.authority.map(({ title, limit }) => `${title[lang]}: ${limit[lang]}`),
    ),
  ];
}

function section(head: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', head, ...lines.map((line) => `  ${line}`)];
}
