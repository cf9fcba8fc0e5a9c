/** What a person reads: plain words for both languages, or `{ zh, en }`. */

import type { Text } from '../../playbook/text.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { Report } from '../diagnostics/report.ts';
import { isMissing, wrongType } from '../shape/scalar.ts';
import type { Shape } from '../shape/shape.ts';
import { fullWidthHint } from '../syntax/full-width.ts';
import type { Entry, MapNode, Node, ScalarNode } from '../syntax/node.ts';

const NAME = { zh: '文字', en: 'a text' };
const HAN = /\p{Script=Han}/u;
const LANGS = ['zh', 'en'] as const;

export const text: Shape<Text> = {
  name: NAME,
  schema: ({ schemas }) => {
    schemas.set('text', {
      anyOf: [
        { type: ['string', 'number'] },
        {
          type: 'object',
          properties: { zh: { type: ['string', 'number'] }, en: { type: ['string', 'number'] } },
          required: ['zh', 'en'],
          additionalProperties: false,
        },
      ],
    });
    return { $ref: '#/definitions/text' };
  },
  read: (node, report) => {
    if (node.kind === 'list' || isMissing(node)) return wrongType(node, NAME, report);
    if (node.kind === 'scalar') {
      const words = readWords(node, report);
      return words === undefined ? undefined : { zh: words, en: words };
    }
    return readBoth(node, report);
  },
};

function readBoth(node: MapNode, report: Report): Text | undefined {
  const words: { zh?: string; en?: string } = {};
  for (const { key, value } of node.entries) {
    const lang = LANGS.find((one) => one === key.text);
    const read = lang && readOne(value, report);
    if (lang && read !== undefined) words[lang] = read;
  }
  const strange = node.entries.find(({ key }) => !LANGS.some((lang) => lang === key.text));
  if (strange) reportStrange(strange, report);
  const written = node.entries.map(({ key }) => key.text);
  const unknown = written.some((key) => key !== 'zh' && key !== 'en');
  for (const lang of LANGS) {
    if (!written.includes(lang) && !unknown) report('missing-translation', node.place, { lang });
  }
  if (words.zh && words.en && HAN.test(words.en) && !HAN.test(words.zh)) report('languages-swapped', node.place);
  return words.zh === undefined || words.en === undefined ? undefined : { zh: words.zh, en: words.en };
}

/** Words behind a comma that no quotes hold together look like a key; so do a language and its text without a colon. */
function reportStrange({ key, value }: Entry, report: Report): void {
  const { text } = key;
  const lang = LANGS.find((one) => text.startsWith(`${one} `));
  const hint = lang && { zh: `\`${lang}\` 后面缺少冒号`, en: `a colon is missing after \`${lang}\`` };
  const isWords = !lang && value.place === key.place && !fullWidthHint(text.slice(0, 3));
  if (isWords) report('unquoted-text', key.place);
  else report('unknown-key', key.place, { key: text, in: NAME }, { hint: hint ?? didYouMean(text, LANGS) });
}

function readOne(node: Node, report: Report): string | undefined {
  if (node.kind !== 'scalar') return wrongType(node, NAME, report);
  return readWords(node, report);
}

function readWords(node: ScalarNode, report: Report): string | undefined {
  const words = node.text.trim();
  if (words !== '') return words;
  report('empty-text', node.place);
  return undefined;
}
