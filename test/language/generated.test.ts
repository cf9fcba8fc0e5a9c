/** What is generated from the language is current: editor schemas and the tables of the docs. `npx vitest run test/language -u` writes them. */

import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { editorSchema, editorSchemaFiles } from '../../engine/language/editor-schema.ts';
import { keyTables, withKeyTables } from '../../engine/language/key-tables.ts';
import { KINDS, type KindName } from '../../engine/language/kinds/kinds.ts';

const KIND_NAMES = Object.keys(KINDS) as KindName[];
const ajv = new Ajv({ allowUnionTypes: true, allErrors: true });

function validate(kind: KindName, text: string): readonly string[] {
  const validator = ajv.getSchema(kind) ?? ajv.addSchema(editorSchema(kind), kind).getSchema(kind);
  if (validator?.(parse(text)) === true) return [];
  return (validator?.errors ?? []).map((error) => `${error.instancePath} ${error.message}`);
}

describe('editor schemas', () => {
  for (const [name, text] of editorSchemaFiles()) {
    test(`schemas/${name} is current`, () => expect(text).toMatchFileSnapshot(resolve('schemas', name)));
  }

  for (const folder of ['playbooks', 'test/golden/check/base']) {
    for (const file of readdirSync(folder).filter((one) => one.endsWith('.yaml'))) {
      test(`${folder}/${file} satisfies the schema of its kind`, () => {
        const text = readFileSync(`${folder}/${file}`, 'utf8');
        const kind = KIND_NAMES.find((one) => new RegExp(`^${one}:`, 'm').exec(text) && firstKeyOf(text) === one);
        expect(kind).toBeDefined();
        expect(validate(kind ?? 'pipeline', text)).toEqual([]);
      });
    }
  }

  test('a misspelt key and a wrong word are refused while typing', () => {
    const gate = readFileSync('test/golden/check/base/kept.yaml', 'utf8');
    expect(validate('gate', gate.replace('applies_to', 'apply_to'))).not.toEqual([]);
    expect(validate('gate', gate.replace('at: advance', 'at: sometime'))).not.toEqual([]);
  });
});

function firstKeyOf(text: string): string | undefined {
  return /^([a-z_]+):/m.exec(text)?.[1];
}

describe('docs/language.md', () => {
  const page = resolve('docs/language.md');

  test('has a place for the keys of every kind and small language', () => {
    const text = readFileSync(page, 'utf8');
    for (const name of keyTables().keys()) expect(text).toContain(`<!-- keys ${name} -->`);
  });

  test('is current', () => expect(withKeyTables(readFileSync(page, 'utf8'))).toMatchFileSnapshot(page));
});
