/** What can be wrong with an answer, in both languages. */

import type { Problem } from '../case/outcome.ts';
import type { Text } from '../playbook/text.ts';

const SHOWN_LENGTH = 60;

/** What was sent, in backticks and cut short: it may be anything. */
export function shown(raw: unknown): string {
  const text = typeof raw === 'string' ? raw : jsonOf(raw);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not reach a terminal
  const safe = text.slice(0, SHOWN_LENGTH).replace(/[\u0000-\u001f\u007f`\ud800-\udfff]/g, '\ufffd');
  return `\`${safe}${text.length > SHOWN_LENGTH ? '…' : ''}\``;
}

/** What no JSON can say, or nests too deep for it, is named by its type. */
function jsonOf(raw: unknown): string {
  try {
    return JSON.stringify(raw) ?? String(raw);
  } catch {
    return typeof raw;
  }
}

/** One step further down a JSON pointer (RFC 6901). */
export function pointer(path: string, key: string | number): string {
  return `${path}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The last step of a pointer: the field a message speaks of. */
function nameOf(path: string): string {
  const last = path.slice(path.lastIndexOf('/') + 1);
  return shown(last.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** Codes of problems with answers, each with what it says after the field's name. */
const MESSAGES = {
  'wrong-type': (got: string, zh: string, en: string) => ({
    zh: `应为${zh}，收到 ${got}`,
    en: `must be ${en}, got ${got}`,
  }),
  'unsafe-text': () => ({ zh: '含有不允许的字符', en: 'holds characters that text cannot have' }),
  empty: () => ({ zh: '不能为空', en: 'must not be empty' }),
  'field-missing': () => ({ zh: '必须填写', en: 'must be answered' }),
  'field-unknown': () => ({ zh: '不是这张表的字段', en: 'is not a field here' }),
  'field-not-asked': () => ({ zh: '在其他回答之下不需要填写', en: 'is not asked for with the other answers given' }),
  'person-unknown': (got: string) => ({ zh: `不是在职人员：${got}`, en: `names nobody active: ${got}` }),
  'file-unknown': (got: string) => ({
    zh: `不是上传到此案件的文件：${got}；请先上传（\`playrail attach\`）`,
    en: `names no file that was uploaded to this case: ${got}; upload it first (\`playrail attach\`)`,
  }),
  'choice-unknown': (got: string, choices: string) => ({
    zh: `没有选项 ${got}，可选 ${choices}`,
    en: `has no choice ${got}, only ${choices}`,
  }),
  'choice-twice': () => ({ zh: '重复选择了同一项', en: 'names a choice twice' }),
  'currency-differs': (got: string, currency: string) => ({
    zh: `币种应为 ${currency}，收到 ${got}`,
    en: `must be in ${currency}, got ${got}`,
  }),
  'too-small': (zh: string, en: string) => ({ zh: `不能小于 ${zh}`, en: `must be at least ${en}` }),
  'too-large': (zh: string, en: string) => ({ zh: `不能大于 ${zh}`, en: `must be at most ${en}` }),
  'too-short': (limit: string) => ({ zh: `至少 ${limit} 个字符`, en: `needs at least ${limit} characters` }),
  'too-long': (limit: string) => ({ zh: `最多 ${limit} 个字符`, en: `takes at most ${limit} characters` }),
  'pattern-unmatched': (pattern: string) => ({ zh: `应符合格式 ${pattern}`, en: `must match ${pattern}` }),
  'too-few-rows': (limit: string) => ({ zh: `至少 ${limit} 行`, en: `needs at least ${limit} rows` }),
  'too-many-rows': (limit: string) => ({ zh: `最多 ${limit} 行`, en: `takes at most ${limit} rows` }),
} as const satisfies Record<string, (...args: string[]) => Text>;

export type ProblemCode = keyof typeof MESSAGES;

/** Every code that checking answers can give. */
export const PROBLEM_CODES = Object.keys(MESSAGES).sort();

/** A problem at a JSON pointer; the message names the pointer's last step. */
export function problem<C extends ProblemCode>(
  code: C,
  path: string,
  ...args: Parameters<(typeof MESSAGES)[C]>
): Problem {
  // The table is typed by code; TypeScript cannot follow a key that is still a type parameter into its arguments.
  const say = MESSAGES[code] as (...given: readonly string[]) => Text;
  const { zh, en } = say(...args);
  const name = nameOf(path);
  return { code, path, message: { zh: `${name} ${zh}`, en: `${name} ${en}` } };
}
