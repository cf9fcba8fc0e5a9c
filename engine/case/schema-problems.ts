/** Says in both languages what is wrong with the shape of a command. */

import type { z } from 'zod';
import { pointer, shown } from '../form/problems.ts';
import type { Text } from '../playbook/text.ts';
import type { Problem } from './outcome.ts';

type Issue = z.core.$ZodIssue;

const EMPTY: Text = { zh: '不能为空', en: 'is empty' };

const CUSTOM: Readonly<Record<string, Text>> = {
  empty: EMPTY,
  'unsafe-text': { zh: '含有不可用的字符', en: 'holds characters that cannot be kept' },
  'date-out-of-range': { zh: '日期须在 1900 年至 2199 年之间', en: 'the date must lie between 1900 and 2199' },
  'too-many': { zh: '项目过多', en: 'has too many entries' },
};

const EXPECTED: Readonly<Record<string, Text>> = {
  string: { zh: '文字', en: 'a text' },
  object: { zh: '对象', en: 'an object' },
  record: { zh: '对象', en: 'an object' },
  array: { zh: '列表', en: 'a list' },
};

/** One problem for each finding, at a JSON pointer into the command. @param base pointer of `sent` in the command */
export function problemsOf(error: z.core.$ZodError, sent: unknown, base = ''): readonly Problem[] {
  return error.issues.flatMap((issue) => problemsOfIssue(issue, sent, base));
}

function problemsOfIssue(issue: Issue, sent: unknown, base: string): readonly Problem[] {
  const path = base + pointerTo(issue.path);
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      code: 'key-unknown',
      path: pointer(path, key),
      message: { zh: `不认识的项 ${shown(key)}`, en: `unknown key ${shown(key)}` },
    }));
  }
  if (issue.path.length > 0 && valueAt(sent, issue.path) === undefined) {
    const key = String(issue.path.at(-1));
    return [{ code: 'key-missing', path, message: { zh: `缺少 \`${key}\``, en: `\`${key}\` is missing` } }];
  }
  return [{ path, ...meaningOf(issue) }];
}

function meaningOf(issue: Issue): Pick<Problem, 'code' | 'message'> {
  switch (issue.code) {
    case 'invalid_type': {
      const expected = EXPECTED[issue.expected];
      return {
        code: 'wrong-type',
        message: { zh: `应为${expected?.zh ?? ` ${issue.expected}`}`, en: `must be ${expected?.en ?? issue.expected}` },
      };
    }
    case 'too_big': {
      const max = String(issue.maximum);
      return { code: 'too-long', message: { zh: `最多 ${max}`, en: `is longer than ${max}` } };
    }
    case 'too_small':
      return { code: 'empty', message: EMPTY };
    case 'invalid_value':
      return oneOf('choice-unknown', issue.values);
    case 'invalid_union':
      // The body is the one union told by a discriminator; zod lists the options without typing them.
      return 'options' in issue && Array.isArray(issue.options) ? oneOf('command-unknown', issue.options) : malformed();
    case 'invalid_format':
      return wrongFormat(issue.format);
    case 'custom': {
      const problem = String(issue.params?.['problem'] ?? 'malformed');
      return { code: problem, message: CUSTOM[problem] ?? malformed().message };
    }
    default:
      return malformed();
  }
}

function wrongFormat(format: string): Pick<Problem, 'code' | 'message'> {
  switch (format) {
    case 'date':
      return {
        code: 'date-malformed',
        message: { zh: '应为存在的日期，如 `2026-10-20`', en: 'must be a real date such as `2026-10-20`' },
      };
    case 'datetime':
      return {
        code: 'instant-malformed',
        message: {
          zh: '应为时间，如 `2026-10-20T01:00:00.000Z`',
          en: 'must be a time such as `2026-10-20T01:00:00.000Z`',
        },
      };
    default:
      return {
        code: 'id-malformed',
        message: { zh: '应为标识，如 `first-visit`', en: 'must be an id such as `first-visit`' },
      };
  }
}

function oneOf(code: string, options: readonly unknown[]): Pick<Problem, 'code' | 'message'> {
  const list = options.map((option) => `\`${String(option)}\``).join(', ');
  return { code, message: { zh: `应为其中之一：${list}`, en: `must be one of ${list}` } };
}

function malformed(): Pick<Problem, 'code' | 'message'> {
  return { code: 'malformed', message: { zh: '格式不对', en: 'is malformed' } };
}

function valueAt(sent: unknown, path: readonly PropertyKey[]): unknown {
  let value: unknown = sent;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.getOwnPropertyDescriptor(value, key)?.value;
  }
  return value;
}

function pointerTo(path: readonly PropertyKey[]): string {
  return path.reduce<string>((so, key) => pointer(so, String(key)), '');
}
