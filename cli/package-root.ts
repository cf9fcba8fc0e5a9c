/** Where Playrail itself lies, with the playbooks and samples it comes with. */

import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of our package.json, whether we run from the sources or from `dist/`. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return folder;
}

/** The playbooks of the folder one stands in, else those Playrail comes with. */
export function usualPlaybooks(): string {
  return existsSync('./playbooks') ? './playbooks' : join(packageRoot(), 'playbooks');
}
