/** What keeps a file from being read at all. */

import { error } from './code-info.ts';

export const SYNTAX = {
  'file-too-large': error('syntax', '文件超过 {limit} kB', 'the file is larger than {limit} kB'),
  'too-many-tokens': error(
    'syntax',
    '文件超过 {limit} 个记号',
    'the file has more than {limit} tokens',
    '拆成几个文件',
    'split it into several files',
  ),
  'too-deep': error('syntax', '嵌套超过 {limit} 层', 'nested more than {limit} levels deep'),
  'no-explicit-keys': error(
    'syntax',
    '不支持 `? ` 写法的键',
    'keys written with `? ` are not supported',
    '写作 `key: value`',
    'write `key: value`',
  ),
  'bad-character': error('syntax', '文件含有字符 {written}', 'the file contains the character {written}'),
  'tab-indentation': error('syntax', '用制表符缩进', 'indented with a tab', '改用空格', 'use spaces'),
  'yaml-syntax': error('syntax', '{message}', '{message}'),
  'empty-file': error('syntax', '文件是空的', 'the file is empty'),
  'second-document': error(
    'syntax',
    '一个文件只能有一个文档',
    'a second document in one file',
    '每个文件只声明一样东西',
    'one file declares one thing',
  ),
  'duplicate-key': error('syntax', '键 `{key}` 写了两次', 'the key `{key}` is written twice'),
  'key-not-a-word': error('syntax', '键必须是一个词', 'a key must be a word'),
  'no-anchors': error(
    'syntax',
    '不支持锚点和别名：`{written}`',
    'anchors and aliases are not supported: `{written}`',
    '把内容写全',
    'write it out',
  ),
  'no-tags': error(
    'syntax',
    '不支持标签 `{written}`',
    'tags are not supported: `{written}`',
    '去掉标签',
    'leave the tag out',
  ),
  'no-merge-keys': error(
    'syntax',
    '不支持合并键 `<<`',
    'merge keys (`<<`) are not supported',
    '把内容写全',
    'write it out',
  ),
  'unclosed-quote': error('syntax', '这个引号没有结束', 'this quote is never closed'),
} as const;
