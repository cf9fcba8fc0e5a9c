/** What a person reads: plain words for both languages, or `{ zh, en }`. */

import type { Text } from '../../playbook/text.ts';
import { didYouMean } from '../diagnostics/did-you-mean.ts';
import type { Report } from '../diagnostics/report.ts';
import { isMissing, wrongType } from '../shape/scalar.ts';
import type { Shape } from '../shape/shape.ts';
import type { MapNode, Node, ScalarNode } from '../syntax/node.ts';

const NAME = { zh: '文字', en: 'a text' };
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
    if (!lang) report('unknown-key', key.place, { key: key.text, in: NAME }, { hint: didYouMean(key.text, LANGS) });
    else {
      const read = readOne(value, report);
      if (read !== undefined) words[lang] = read;
    }
  }
  const written = node.entries.map(({ key }) => key.text);
  const unknown = written.some((key) => key !== 'zh' && key !== 'en');
  for (const lang of LANGS) {
    if (!written.includes(lang) && !unknown) report('missing-translation', node.place, { lang });
  }
  return words.zh === undefined || words.en === undefined ? undefined : { zh: words.zh, en: words.en };
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
