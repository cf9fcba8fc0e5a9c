/** A shape says once what may stand at a place of a playbook: it reads positioned nodes and describes itself to editors and to the docs. */

import type { Place } from '../diagnostics/diagnostic.ts';
import type { Report } from '../diagnostics/report.ts';
import type { Node } from '../syntax/node.ts';

/** JSON Schema draft-07, as far as we write it. */
export type JsonSchema = { readonly [key: string]: unknown };

/** Collects named shapes while a schema is written; recursion ends at a reference. */
export interface Definitions {
  readonly schemas: Map<string, JsonSchema>;
}

export interface Shape<T> {
  /** As the docs and messages call it: `a duration`, `a list of stages`. */
  readonly name: { readonly zh: string; readonly en: string };
  /** The value, or nothing after reporting why not. Reads on after a mistake, so that all are found. */
  readonly read: (node: Node, report: Report) => T | undefined;
  readonly schema: (definitions: Definitions) => JsonSchema;
  /** The shapes this one is built of, for the docs. */
  readonly parts?: () => readonly Shape<unknown>[];
}

/** A value with the token it was read from. */
export interface Token<T> {
  readonly value: T;
  readonly place: Place;
}

export type Read<S> = S extends Shape<infer T> ? T : never;

/** Stands for a shape that is declared later, or contains itself. */
export function lazy<T>(name: string, names: Shape<T>['name'], shape: () => Shape<T>): Shape<T> {
  return {
    name: names,
    read: (node, report) => shape().read(node, report),
    parts: () => [shape()],
    schema: (definitions) => {
      if (!definitions.schemas.has(name)) {
        definitions.schemas.set(name, {});
        definitions.schemas.set(name, shape().schema(definitions));
      }
      return { $ref: `#/definitions/${name}` };
    },
  };
}

/** Reads with one shape and turns the value into something else. */
export function mapped<A, B>(shape: Shape<A>, turn: (value: A, node: Node) => B): Shape<B> {
  return {
    ...shape,
    read: (node, report) => {
      const value = shape.read(node, report);
      return value === undefined ? undefined : turn(value, node);
    },
  };
}
