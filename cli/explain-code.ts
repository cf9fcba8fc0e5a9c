/** `playrail check --explain CODE`: the entry of the page of errors, for the terminal. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CODES } from '../engine/language/diagnostics/codes.ts';
import { didYouMean } from '../engine/language/diagnostics/did-you-mean.ts';
import type { Lang } from '../engine/playbook/text.ts';
import { CliExit, EXIT } from './exit-codes.ts';
import { packageRoot } from './package-root.ts';

/**
 * What a code means, with what to avoid and what to write.
 * @throws CliExit with code 2 for a code there is none of
 */
export function explainCode(code: string, lang: Lang): string {
  if (!Object.hasOwn(CODES, code)) {
    const near = didYouMean(code, Object.keys(CODES));
    throw new CliExit(EXIT.usage, {
      zh: `没有代码 \`${code}\`${near ? `：${near.zh}` : ''}`,
      en: `there is no code \`${code}\`${near ? `: ${near.en}` : ''}`,
    });
  }
  const page = readFileSync(join(packageRoot(), 'docs', lang === 'zh' ? 'errors.zh.md' : 'errors.md'), 'utf8');
  const entry = page.split(/^(?=###? )/m).find((part) => part.startsWith(`### \`${code}\``)) ?? '';
  return `${inTerminal(entry).trim()}\n`;
}

/** Code blocks are told by their indentation instead of fences. */
function inTerminal(markdown: string): string {
  let isCode = false;
  const lines = markdown.split('\n').flatMap((line) => {
    if (line.startsWith('```')) {
      isCode = !isCode;
      return [];
    }
    return [isCode ? `    ${line}` : line.replace(/^### `(.*)`$/, '$1')];
  });
  return lines.join('\n').replace(/\n{3,}/g, '\n\n');
}
