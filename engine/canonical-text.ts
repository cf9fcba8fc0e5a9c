/** Canonical JSON (RFC 8785): the one text of a value, whatever the order of its members; what hashes are taken of. */

/** What is nested deeper holds a circle, or is nothing that we keep. */
const DEEPEST = 500;

/** Texts that stand between quotes as they are: printable ASCII without quote and backslash. */
const PLAIN = /^[ !#-[\]-~]*$/u;
/** Testing a long text costs more than writing it the usual way. */
const LONGEST_PLAIN = 80;
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Members that are undefined are left out, as in JSON.
 *
 * @throws Error for what JSON cannot say: a lone surrogate, NaN, a circle, undefined, a function, a `bigint`.
 */
export function canonicalText(value: unknown): string {
  return written(value, 0);
}

function written(value: unknown, depth: number): string {
  switch (typeof value) {
    case 'string':
      return quoted(value);
    case 'number':
      if (!Number.isFinite(value)) throw new Error(`not a JSON number: ${value}`);
      return String(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      return value === null ? 'null' : structure(value, depth);
    default:
      throw new Error(`not a JSON value: ${typeof value}`);
  }
}

function structure(value: object, depth: number): string {
  if (depth > DEEPEST) throw new Error('a circle, or nested too deeply');
  if ('toJSON' in value && typeof value.toJSON === 'function') return written(value.toJSON(), depth + 1);
  if (Array.isArray(value)) return list(value, depth);
  let text = '';
  for (const name of inOrder(Object.keys(value))) {
    const member: unknown = Reflect.get(value, name);
    if (member === undefined || typeof member === 'symbol') continue;
    text += `${text === '' ? '' : ','}${quoted(name)}:${written(member, depth + 1)}`;
  }
  return `{${text}}`;
}

function list(items: readonly unknown[], depth: number): string {
  let text = '';
  for (const [index, item] of items.entries()) {
    const isNothing = item === undefined || typeof item === 'symbol';
    text += `${index === 0 ? '' : ','}${isNothing ? 'null' : written(item, depth + 1)}`;
  }
  return `[${text}]`;
}

/** By UTF-16 code units. Most objects that are written have been read from such a text: they need no sorting. */
function inOrder(names: string[]): readonly string[] {
  const isSorted = names.every((name, index) => index === 0 || (names[index - 1] ?? '') < name);
  return isSorted ? names : names.sort();
}

function quoted(text: string): string {
  if (text.length <= LONGEST_PLAIN && PLAIN.test(text)) return `"${text}"`;
  if (LONE_SURROGATE.test(text)) throw new Error('a lone surrogate');
  return JSON.stringify(text);
}
