/** Every finding there is. Each has a golden pair in `test/golden/check`, under its own name. */

import type { CodeInfo } from './codes/code-info.ts';
import { LOGIC } from './codes/logic.ts';
import { NAMES } from './codes/names.ts';
import { SCENARIOS } from './codes/scenarios.ts';
import { SHAPE } from './codes/shape.ts';
import { SYNTAX } from './codes/syntax.ts';
import { TYPES } from './codes/types.ts';

export const CODES = { ...SYNTAX, ...SHAPE, ...NAMES, ...TYPES, ...LOGIC, ...SCENARIOS } satisfies Record<
  string,
  CodeInfo
>;

export type Code = keyof typeof CODES;

export function codeInfo(code: Code): CodeInfo {
  return CODES[code];
}
