/** Says why the answer was no, with everything needed to turn it into a yes. */

import type { Lang } from '../engine/playbook/text.ts';
import { placeOf } from '../engine/playbook/text.ts';
import type { ProblemSeen, ReasonSeen } from './api-client.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { type Say, sayIn } from './lang.ts';
import { printable } from './text-width.ts';

/** One unmet criterion: the rule and its place, each value seen, who can meet it, what is under way. */
export function reasonLines(reason: ReasonSeen, lang: Lang): string[] {
  const say = sayIn(lang);
  const about = reason.about === undefined ? '' : `  [${reason.about}]`;
  const lines = [`- ${reason.message[lang]}${about}`];
  lines.push(...leafLines(reason.unmet, lang).map((line) => `    ${line}`));
  if (reason.rule !== undefined) lines.push(`    ${say('规则', 'rule')}: ${placeOf(reason.rule)}`);
  const people = reason.people.map((person) => person.name).join(', ');
  if (people !== '') lines.push(`    ${say('谁可以', 'who can')}: ${people}`);
  if (reason.waiver !== undefined) {
    const granters = reason.waiver.can_grant.map((person) => person.name).join(', ');
    const most = reason.waiver.at_most[lang];
    lines.push(`    ${say(`可以豁免，最长 ${most}`, `may be waived for ${most} at most`)}: ${granters}`);
  }
  for (const change of reason.changes) lines.push(`    ${say('变了', 'changed')}: ${change.text[lang]}`);
  for (const text of reason.under_way) lines.push(`    ${say('进行中', 'under way')}: ${text[lang]}`);
  for (const { knowledge, title } of reason.notes) {
    lines.push(`    ${say('参考', 'helps')}: ${title[lang]}  [playrail note ${knowledge}]`);
  }
  return lines.map(printable);
}

type Leaf = ReasonSeen['unmet'][number];

/** Leaves that are alternatives stand under a line that says so, each way with its own mark. */
function leafLines(leaves: readonly Leaf[], lang: Lang, depth = 0): string[] {
  const lines: string[] = [];
  for (let at = 0; at < leaves.length; ) {
    const choice = leaves[at]?.one_of[depth]?.choice;
    const length = leaves.slice(at).findIndex((leaf) => leaf.one_of[depth]?.choice !== choice);
    const group = leaves.slice(at, length < 0 ? undefined : at + length);
    if (choice === undefined) lines.push(...group.flatMap((leaf) => leaf.text?.[lang] ?? []));
    else lines.push(sayIn(lang)('以下任一：', 'any one of:'), ...wayLines(group, lang, depth));
    at += group.length;
  }
  return lines;
}

function wayLines(group: readonly Leaf[], lang: Lang, depth: number): string[] {
  const ways = [...new Set(group.map((leaf) => leaf.one_of[depth]?.way))];
  return ways.flatMap((way) => {
    const leaves = group.filter((leaf) => leaf.one_of[depth]?.way === way);
    return leafLines(leaves, lang, depth + 1).map((line, index) => (index === 0 ? `  · ${line}` : `    ${line}`));
  });
}

function headOf(problem: ProblemSeen, say: Say): string {
  if (problem.kind === 'refusal') return say('被拒绝', 'refused');
  if (problem.kind === 'forbidden') return say('没有权限', 'forbidden');
  if (problem.kind === 'fault') return say('故障', 'fault');
  return say('无效', 'invalid');
}

export function problemLines(problem: ProblemSeen, lang: Lang): string[] {
  const say = sayIn(lang);
  const lines = [`${headOf(problem, say)}: ${printable(problem.detail)}`];
  for (const reason of problem.reasons ?? []) lines.push(...reasonLines(reason, lang));
  for (const one of problem.problems ?? []) {
    // What the head has said already.
    if (one.path === '' && one.message[lang] === problem.detail) continue;
    const place = one.path === '' ? '' : `${one.path}: `;
    lines.push(`- ${printable(place + one.message[lang])}  [${one.code}]`);
  }
  if (problem.retry_with !== undefined) {
    lines.push(
      say(
        `用 --idempotency-key ${problem.retry_with} 重试，命令只会生效一次`,
        `try again with --idempotency-key ${problem.retry_with}; the command counts only once`,
      ),
    );
  }
  return lines;
}

export function exitCodeOf(problem: ProblemSeen): ExitCode {
  if (problem.kind === 'fault') return EXIT.fault;
  return problem.kind === 'invalid' ? EXIT.usage : EXIT.no;
}
