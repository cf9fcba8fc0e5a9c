/** Watches the space on the disk of the data folder, so that a full disk is said as what it is, and before it harms. */

import { statfs } from 'node:fs/promises';

export interface DiskWatch {
  /** As of a second ago. */
  isFull(): boolean;
  stop(): void;
}

const LOOK_EVERY_MS = 1000;
/** Kept for the servers themselves: PostgreSQL stops working where it cannot make one more file of 16 MB. */
const RESERVE_BYTES = 32 * 1024 * 1024;

/** A folder that cannot be asked counts as having room: what is wrong with it shows elsewhere. */
export async function hasRoom(folder: string): Promise<boolean> {
  const space = await statfs(folder).catch(() => undefined);
  return space === undefined || space.bavail * space.bsize >= RESERVE_BYTES;
}

/** `changed` is told when the disk fills up, and when there is room again. */
export function watchDisk(folder: string, changed: (isFull: boolean) => void): DiskWatch {
  let isFull = false;
  const timer = setInterval(async () => {
    const now = !(await hasRoom(folder));
    if (now === isFull) return;
    isFull = now;
    changed(isFull);
  }, LOOK_EVERY_MS);
  return { isFull: () => isFull, stop: () => clearInterval(timer) };
}
