/** What the YAML parser objects to, in the words of someone who writes playbooks. */

import type { ErrorCode } from 'yaml';
import type { Text } from '../../playbook/text.ts';

export const BAD_INDENT: Text = { zh: '缩进不对', en: 'the indentation is off' };

const MESSAGES: Partial<Record<ErrorCode, Text>> = {
  BAD_INDENT,
  BAD_SCALAR_START: {
    zh: '文字不能以这个符号开头，请加引号',
    en: 'a value cannot start with this character unless it is quoted',
  },
  BAD_DIRECTIVE: { zh: '不支持以 `%` 开头的指令', en: 'directives (lines that begin with `%`) are not supported' },
  BAD_DQ_ESCAPE: { zh: '双引号中的转义不对', en: 'this escape is not known inside double quotes' },
  BLOCK_AS_IMPLICIT_KEY: {
    zh: '冒号多了一个（含冒号的文字要加引号），或缩进不对',
    en: 'one colon too many (a text with a colon must be quoted), or the indentation is off',
  },
  BLOCK_IN_FLOW: {
    zh: '含冒号的文字要加引号；括号内不能使用缩进写法',
    en: 'a text with a colon must be quoted; indented lists and maps cannot stand inside brackets',
  },
  MISSING_CHAR: { zh: '缺少引号、冒号或括号', en: 'a quote, colon or bracket is missing' },
  MULTILINE_IMPLICIT_KEY: {
    zh: '键必须写在一行内，请检查缩进',
    en: 'a key must stand on one line; look at the indentation',
  },
  UNEXPECTED_TOKEN: { zh: '这里不应出现这个符号', en: 'this character is not expected here' },
};

export function syntaxMessage(code: ErrorCode, parserSays: string): Text {
  const known = MESSAGES[code];
  if (known) return known;
  const said = parserSays.charAt(0).toLowerCase() + parserSays.slice(1).replace(/\.$/, '');
  return { zh: `YAML 语法错误：${said}`, en: said };
}
