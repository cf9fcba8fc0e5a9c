/** The process of one bench: `child.js NAME FOLDER full|quick`; sends home what was measured. */

import type { BenchMessage } from './bench.ts';
import { BENCHES } from './benches.ts';

const [name = '', dir = '', size] = process.argv.slice(2);

async function measure(): Promise<BenchMessage> {
  const bench = BENCHES.find((one) => one.name === name);
  if (bench === undefined) return { failed: `there is no bench \`${name}\`` };
  const say = (line: string) => process.stderr.write(`  ${line}\n`);
  try {
    return { measured: await bench.run({ dir, quick: size === 'quick', say }) };
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}

function sendHome(message: BenchMessage): void {
  process.send?.(message, () => process.exit(0));
}

process.on('SIGTERM', () => process.exit(143));
process.on('uncaughtException', (error) => sendHome({ failed: `uncaught: ${error.stack ?? error.message}` }));
sendHome(await measure());
