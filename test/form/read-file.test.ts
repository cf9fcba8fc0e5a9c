/** What answers name as files: only what is known of the case, as it is known. */

import { describe, expect, it, test } from 'vitest';
import { checkAnswers } from '../../engine/form/check-answers.ts';
import { isFileValue } from '../../engine/form/read-file.ts';
import { formSchema } from '../../engine/form/schema.ts';
import { personalTexts } from '../../engine/personal.ts';
import { context, field } from './fixtures.ts';

const SHA = 'ab'.repeat(32);
const KNOWN = { sha256: SHA, name: '合同.pdf', size: 12, type: 'application/pdf' };
const files = { ...context, files: { [SHA]: KNOWN } };
const form = [field('doc', 'file')];

test.each([
  ['its hash', SHA],
  ['its hash with spaces around', ` ${SHA} `],
  ['the form it is kept in', KNOWN],
  ['that form with claims of its own', { ...KNOWN, name: 'x', size: 0 }],
  ['its hash as a member', { sha256: SHA }],
])('%s names it', (_what, doc) => {
  expect(checkAnswers(form, { doc }, files)).toEqual({ ok: true, values: { doc: KNOWN } });
});

test.each([
  ['unknown', 'cd'.repeat(32), 'file-unknown'],
  ['of the prototype', 'constructor', 'wrong-type'],
  ['a number', 5, 'wrong-type'],
  ['an empty object', {}, 'wrong-type'],
  ['with more than it has', { ...KNOWN, url: 'x' }, 'wrong-type'],
])('one that is %s is invalid', (_what, doc, code) => {
  expect(checkAnswers(form, { doc }, files)).toMatchObject({ ok: false, problems: [{ code, path: '/doc' }] });
});

it('where nothing is known of files, none can be named', () => {
  expect(checkAnswers(form, { doc: SHA }, context)).toMatchObject({ ok: false, problems: [{ code: 'file-unknown' }] });
});

it('stands in rows too, and may be left blank where it is optional', () => {
  const rows = [
    field('annexes', 'rows', { fields: [field('doc', 'file'), field('more', 'file', { optional: true })] }),
  ];
  const annexes = [{ doc: SHA, more: '' }];
  expect(checkAnswers(rows, { annexes }, files)).toEqual({ ok: true, values: { annexes: [{ doc: KNOWN }] } });
});

describe('in rehearsals', () => {
  const madeUp = { ...context, files: 'made-up' } as const;
  it('every name is a file, the same name the same one, in the form that files are kept in', () => {
    const read = (doc: unknown) => {
      const result = checkAnswers(form, { doc }, madeUp);
      return result.ok ? result.values['doc'] : expect.fail(JSON.stringify(result.problems));
    };
    const first = read('contract.pdf');
    expect(isFileValue(first)).toBe(true);
    expect(read('contract.pdf')).toEqual(first);
    expect(read('contract-2.pdf')).not.toMatchObject({ sha256: (first as { sha256: string }).sha256 });
    expect(read(first)).toEqual(first);
  });
});

it('the schema describes the form it is kept in', () => {
  expect(formSchema(form)).toMatchObject({
    properties: { doc: { required: ['sha256', 'name', 'size', 'type'], additionalProperties: false } },
  });
});

describe('of what is journalled', () => {
  const paths = { path: ['fields', '*'], typed: 'evidence' } as const;
  const declared = { commands: { submit: [paths] }, events: {}, reasons: [] };
  const textsOf = (doc: unknown) =>
    personalTexts({ command: { command: 'submit', fields: { doc } } }, declared, () => ({ type: 'file' })).map(
      ({ at, text }) => [at.join('/'), text],
    );
  it('its name is somebody’s text, and its hash, size and type are not', () => {
    expect(textsOf(KNOWN)).toEqual([['command/fields/doc/name', '合同.pdf']]);
    expect(textsOf(SHA)).toEqual([]);
  });
  it('whatever is no file is a text throughout', () => {
    expect(textsOf('secret')).toEqual([['command/fields/doc', 'secret']]);
    expect(textsOf({ sha256: 'secret' })).toEqual([['command/fields/doc/sha256', 'secret']]);
  });
});
