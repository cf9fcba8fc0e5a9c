/** The playbooks that come with Playrail, compiled. */

import { join } from 'node:path';
import { packageRoot } from '../cli/package-root.ts';
import { playbookFolders } from '../cli/playbook-folder.ts';
import { compileSet, type SourceFile } from '../engine/language/compile-set.ts';
import type { ScenarioFile } from '../engine/playbook/scenario.ts';
import type { PlaybookSet } from '../engine/playbook/set.ts';
import { sha256 } from '../store/hash.ts';

export interface Shipped {
  readonly files: readonly SourceFile[];
  readonly set: PlaybookSet;
  readonly scenarios: readonly ScenarioFile[];
}

/** Reads and checks them anew. @throws Error where they have errors: a wrong run is no figure */
export function shippedPlaybooks(): Shipped {
  const files = playbookFolders([join(packageRoot(), 'playbooks')]).flatMap((folder) => folder.files);
  const { set, scenarios, diagnostics } = compileSet(files, { sha256 });
  if (set === undefined || diagnostics.some((one) => one.severity === 'error')) {
    throw new Error('the shipped playbooks have errors');
  }
  return { files, set, scenarios };
}
