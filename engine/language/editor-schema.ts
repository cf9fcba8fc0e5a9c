/** JSON Schemas (draft-07) for editors, from the same declarations that playbooks are read by. */

import { KINDS, type KindName } from './kinds/kinds.ts';
import type { JsonSchema } from './shape/shape.ts';

/** One schema a kind; `# yaml-language-server: $schema=../schemas/<kind>.schema.json` wires it. */
export function editorSchema(kind: KindName): JsonSchema {
  const schemas = new Map<string, JsonSchema>();
  const root = KINDS[kind].schema({ schemas });
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: `Playrail ${kind}`,
    ...root,
    ...(schemas.size > 0 ? { definitions: Object.fromEntries([...schemas].sort(([a], [b]) => (a < b ? -1 : 1))) } : {}),
  };
}

/** File name → text, for `schemas/`. */
export function editorSchemaFiles(): ReadonlyMap<string, string> {
  // Object.keys forgets that the keys are the kinds.
  const kinds = Object.keys(KINDS) as KindName[];
  return new Map(kinds.map((kind) => [`${kind}.schema.json`, `${JSON.stringify(editorSchema(kind), undefined, 2)}\n`]));
}
