/** Sees to it that every night has its signed checkpoint, once, whichever of the workers makes it. */

import type { AuditPlace } from '../store/audit/copies.ts';
import { CheckpointRefused, copyCheckpoints, hasCheckpoint, makeCheckpoint } from '../store/audit/make-checkpoint.ts';
import type { Store } from '../store/open-store.ts';
import { messageOf } from './embedded/setup-error.ts';
import type { Log } from './log.ts';

/** A journal that does not fit is not looked at every minute. */
const AGAIN_AFTER_MS = 60 * 60_000;

/** To be called with every sweep. A night is a day of UTC: its checkpoint is due from its first minute on. */
export function nightlyCheckpoint(store: Store, place: AuditPlace, log: Log): () => Promise<void> {
  let notBefore = 0;
  return async () => {
    const now = Date.now();
    if (now < notBefore) return;
    const at = new Date(now).toISOString();
    const night = at.slice(0, 10);
    try {
      if (await hasCheckpoint(store, night)) return await copyCheckpoints(store, place);
      const made = await makeCheckpoint(store, place, { at, night });
      if (made !== undefined) log.info({ checkpoint: made.n, entities: made.entities }, 'a checkpoint was signed');
    } catch (error) {
      notBefore = now + AGAIN_AFTER_MS;
      if (error instanceof CheckpointRefused) {
        const findings = error.findings.slice(0, 20).map(({ code, kind, id, seq }) => ({ code, kind, id, seq }));
        log.error(
          { findings },
          'no checkpoint was signed: the journal does not fit the one before; see `audit verify`',
        );
      } else {
        log.error({ error: messageOf(error) }, 'no checkpoint could be made');
      }
    }
  };
}
