/** Local time of a zone as fixed offsets between changes, so that hot loops add numbers instead of asking luxon. */

import { IANAZone } from 'luxon';

const DAY_MS = 86_400_000;
const PROBE_MS = 7 * DAY_MS;
/** No zone is further than this from UTC. */
const MAX_OFFSET_MS = 16 * 3_600_000;

interface Segment {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

/** "Local" milliseconds are the local wall clock read as if it were UTC. */
export interface Zone {
  readonly name: string;
  toLocal(ms: number): number;
  /** The first instant at which the wall clock shows this or later: in a gap the change itself, when repeated the first. */
  fromLocal(local: number): number;
}

const zones = new Map<string, Zone>();

/** @throws RangeError for a name that is no IANA zone; the language refuses those before. */
export function zoneOf(name: string): Zone {
  const known = zones.get(name);
  if (known !== undefined) return known;
  if (!IANAZone.isValidZone(name)) throw new RangeError(`unknown time zone: ${name}`);
  const zone = compileZone(name);
  zones.set(name, zone);
  return zone;
}

function compileZone(name: string): Zone {
  const iana = IANAZone.create(name);
  const years = new Map<number, readonly Segment[]>();
  const segmentsOf = (year: number): readonly Segment[] => {
    let segments = years.get(year);
    if (segments === undefined) {
      segments = probeYear(year, (ms) => Math.round(iana.offset(ms) * 60_000));
      years.set(year, segments);
    }
    return segments;
  };
  const segmentAt = (ms: number): Segment => {
    for (const segment of segmentsOf(new Date(ms).getUTCFullYear())) if (ms < segment.to) return segment;
    throw new RangeError(`instant out of range: ${ms}`);
  };
  return {
    name,
    toLocal: (ms) => ms + segmentAt(ms).offset,
    fromLocal: (local) => {
      let segment = segmentAt(local - MAX_OFFSET_MS);
      while (local - segment.offset >= segment.to) segment = segmentAt(segment.to);
      return Math.max(segment.from, local - segment.offset);
    },
  };
}

/** Weekly probes find every change that lasts a week; bisection finds its moment to the second. */
function probeYear(year: number, offsetAt: (ms: number) => number): readonly Segment[] {
  const start = startOfYear(year);
  const end = startOfYear(year + 1);
  const segments: Segment[] = [];
  let from = start;
  let offset = offsetAt(start);
  for (let probe = start; probe < end; probe += PROBE_MS) {
    const next = Math.min(probe + PROBE_MS, end);
    // The last probe stands just inside the year: the next year begins with its own.
    const ahead = offsetAt(next === end ? end - 1000 : next);
    if (ahead === offset) continue;
    const change = bisect(probe, next === end ? end - 1000 : next, (ms) => offsetAt(ms) !== offset);
    segments.push({ from, to: change, offset });
    from = change;
    offset = ahead;
  }
  segments.push({ from, to: end, offset });
  return segments;
}

function bisect(before: number, after: number, changed: (ms: number) => boolean): number {
  let low = before;
  let high = after;
  while (high - low > 1000) {
    const middle = low + Math.floor((high - low) / 2000) * 1000;
    if (changed(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** Date.UTC reads the years 0 to 99 as 1900 to 1999. */
function startOfYear(year: number): number {
  return new Date(0).setUTCFullYear(year, 0, 1);
}
