/** Brings events and states that earlier releases wrote to the shape of today: the one place where old shapes are known. */

/** Plain JSON as it was kept. */
export type RawShape = Readonly<Record<string, unknown>>;

/** From one version of a shape to the next; says nothing of the version itself. */
export type Upcast = (raw: RawShape) => RawShape;

/**
 * The shapes a decider knows. The first step of a list brings version 1 to 2, the second 2 to 3; a list of none means
 * that the shape has been the same since the first release. A step is never changed once released.
 */
export interface Shapes {
  readonly state: readonly Upcast[];
  /** Every event there is or was, by name. */
  readonly events: Readonly<Record<string, readonly Upcast[]>>;
}

/** What was kept is of a later shape than this program knows: a newer Playrail wrote it. */
export class NewerShape extends Error {
  override readonly name = 'NewerShape';
}

/** The event as today's `evolve` takes it. @throws NewerShape, or Error for what is no event. */
export function upcastEvent({ events }: Shapes, raw: unknown): RawShape {
  const event = shapeOf(raw);
  const name = event['event'];
  if (typeof name !== 'string') throw new Error('not an event');
  if (!Object.hasOwn(events, name)) throw new NewerShape(`the event \`${name}\` is not known to this Playrail`);
  return brought(event, 'v', events[name] ?? [], `the event \`${name}\``);
}

/** The state as today's `decide` takes it. @throws NewerShape, or Error for what is no state. */
export function upgradeState({ state }: Shapes, raw: unknown): RawShape {
  return brought(shapeOf(raw), 'state_version', state, 'the state');
}

function brought(raw: RawShape, member: string, steps: readonly Upcast[], what: string): RawShape {
  const version = raw[member];
  const newest = steps.length + 1;
  if (version === newest) return raw;
  if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) {
    throw new Error(`${what} has no version`);
  }
  if (version > newest) throw new NewerShape(`${what} is of version ${version}, this Playrail knows ${newest}`);
  return { ...steps.slice(version - 1).reduce((shape, step) => step(shape), raw), [member]: newest };
}

function shapeOf(raw: unknown): RawShape {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) throw new Error('not a shape');
  return { ...raw };
}
