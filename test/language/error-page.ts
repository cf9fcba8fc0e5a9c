/** Writes `docs/errors.md` and `docs/errors.zh.md` from the golden pairs: each code with what is wrong, why, and what is right. */

import { type CheckStage, STAGES } from '../../engine/language/diagnostics/codes/code-info.ts';
import { CODES } from '../../engine/language/diagnostics/codes.ts';
import type { Diagnostic } from '../../engine/language/diagnostics/diagnostic.ts';
import type { Lang, Text } from '../../engine/playbook/text.ts';
import { exampleOf, whyOf } from './golden.ts';

const TITLE: Text = { zh: '错误', en: 'Errors' };

const INTRO: Text = {
  zh: `\`playrail check\` 的每个发现都有代码，写在行尾的方括号里。这里按检查的先后列出全部代码：说什么、为何、该怎样写。
\`playrail check --explain 代码\` 在终端里显示同样的内容。本页由 \`test/golden/check\` 生成，例子都在测试中运行。`,
  en: `Every finding of \`playrail check\` has a code, in brackets at the end of its line. Here is each of them, in the order
they are looked for: what it says, why, and how it is written instead. \`playrail check --explain CODE\` shows the same in
the terminal. This page is made from \`test/golden/check\`, and the tests run its examples.`,
};

const STAGE_TITLES: Readonly<Record<CheckStage, Text>> = {
  syntax: { zh: '读取：文件与 YAML', en: 'Reading: files and YAML' },
  shape: { zh: '形式：键与值', en: 'Shape: keys and values' },
  names: { zh: '名称', en: 'Names' },
  types: { zh: '类型', en: 'Types' },
  logic: { zh: '逻辑', en: 'Logic' },
  scenarios: { zh: '场景', en: 'Scenarios' },
};

const WORDS = {
  avoid: { zh: '避免：', en: 'Avoid:' },
  prefer: { zh: '应写：', en: 'Prefer:' },
  says: { zh: '显示：', en: 'Says: ' },
  warning: { zh: '这是警告，不妨碍发布。', en: 'A warning: it does not keep the playbooks from being published.' },
} satisfies Record<string, Text>;

/** @param found what the checker finds in the golden of each code */
export function errorPage(found: ReadonlyMap<string, readonly Diagnostic[]>, lang: Lang): string {
  const parts = [`# ${TITLE[lang]}`, INTRO[lang]];
  for (const stage of STAGES) {
    parts.push(`## ${STAGE_TITLES[stage][lang]}`);
    const codes = Object.entries(CODES).filter(([, info]) => info.stage === stage);
    for (const [code, { severity }] of codes) parts.push(...sectionOf(code, severity, found.get(code) ?? [], lang));
  }
  return `${parts.join('\n\n')}\n`;
}

function sectionOf(code: string, severity: string, found: readonly Diagnostic[], lang: Lang): readonly string[] {
  const foundAt = new Set(found.map(({ at }) => `${at.file}:${at.line}`));
  const examples = exampleOf(code, foundAt);
  const bad = examples.map((one) => one.bad);
  const good = examples.flatMap((one) => one.good ?? []);
  const [first] = found;
  const says = first && `${WORDS.says[lang]}${first.message[lang]}${first.hint ? ` (${first.hint[lang]})` : ''}`;
  return [
    `### \`${code}\``,
    `${sentence(whyOf(code)[lang], lang)}${severity === 'warning' ? ` ${WORDS.warning[lang]}` : ''}`,
    ...(says ? [says] : []),
    ...(bad.length > 0 ? [WORDS.avoid[lang], fenced(bad)] : []),
    ...(good.length > 0 ? [WORDS.prefer[lang], fenced(good)] : []),
  ];
}

function sentence(text: string, lang: Lang): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${lang === 'zh' ? '。' : '.'}`;
}

function fenced(blocks: readonly string[]): string {
  return `\`\`\`yaml\n${blocks.join('\n# …\n')}\n\`\`\``;
}
