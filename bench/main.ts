/** `npm run bench`: the figures we aim at, measured in one run; timings belong here and in no test. */

import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../workers/embedded/start-embedded.ts';
import { benchCheck } from './check.ts';
import { benchCommands } from './commands.ts';
import { benchConditions } from './conditions.ts';
import { benchImport } from './import.ts';
import { benchScenarios } from './scenarios.ts';

/** One line of the table. */
interface Figure {
  readonly what: string;
  readonly measured: string;
  readonly aim: string;
  readonly reached: boolean;
}

interface Servers {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
}

const HELP = `usage: npm run bench -- [--json] [conditions|check|scenarios|commands|import …]

Measures what is named, or everything (about three minutes).

Example:
  npm run bench -- conditions check
`;

const BENCHES: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  conditions: async () => {
    const { ours_per_s, baseline_per_s, ratio, aim } = await benchConditions();
    const each = `${ours_per_s} against ${baseline_per_s} a second`;
    return [
      {
        what: 'conditions with full explanation, against json-rules-engine',
        measured: `${ratio} times (${each})`,
        aim: `${aim} times`,
        reached: ratio >= aim,
      },
    ];
  },
  check: async () => {
    const { ms, warm_ms, files, aim_ms } = await benchCheck('playbooks');
    return [
      {
        what: `check of ${files} playbook files, after start`,
        measured: `${Math.round(ms)} ms (${Math.round(warm_ms)} ms warm)`,
        aim: `${aim_ms} ms`,
        reached: ms <= aim_ms,
      },
    ];
  },
  scenarios: async () => {
    const { scenarios, ms, aim_ms } = benchScenarios();
    return [
      {
        what: `${scenarios} scenarios without a server`,
        measured: `${Math.round(ms)} ms`,
        aim: `${aim_ms} ms`,
        reached: ms <= aim_ms,
      },
    ];
  },
  commands: async () => {
    const { ours_per_s, baseline_per_s, ratio, aim, alone_ms } = await withServers(benchCommands);
    const { ours, baseline } = alone_ms;
    return [
      {
        what: 'journalled commands, a deadline armed, against a bare workflow',
        measured: `${ratio} (${ours_per_s} against ${baseline_per_s} a second, 40 callers)`,
        aim: `${aim}`,
        reached: ratio >= aim,
      },
      {
        what: 'one command alone, median and 99th percentile',
        measured: `${ours.median} and ${ours.p99} ms (bare ${baseline.median} and ${baseline.p99} ms)`,
        aim: '',
        reached: true,
      },
    ];
  },
  import: async () => {
    const { rows, seconds, aim_seconds } = await withServers(benchImport);
    return [
      {
        what: `import of ${rows} rows, open workflows running`,
        measured: `${seconds} s`,
        aim: `${aim_seconds} s`,
        reached: seconds <= aim_seconds,
      },
    ];
  },
};

/** New servers in a temporary folder, gone afterwards. */
async function withServers<T>(measure: (servers: Servers) => Promise<T>): Promise<T> {
  const dir = await mkdtemp(join(tmpdir(), 'playrail-bench-'));
  // As root, PostgreSQL runs as another user, who must be able to pass.
  await chmod(dir, 0o711);
  const { DATABASE_URL: _database, TEMPORAL_ADDRESS: _temporal, ...env } = process.env;
  const servers = await startEmbedded({ dataDir: dir, env, say: (line) => process.stderr.write(`${line.en}\n`) });
  try {
    return await measure(servers);
  } finally {
    await servers.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

function table(figures: readonly Figure[]): string {
  const rows = figures.map(({ what, measured, aim, reached }) => {
    return `| ${what} | ${measured} | ${aim} | ${aim === '' ? '' : reached ? 'yes' : 'no'} |`;
  });
  return ['| what | measured | aim | reached |', '|---|---|---|---|', ...rows].join('\n');
}

async function main(args: readonly string[]): Promise<number> {
  const names = args.filter((arg) => !arg.startsWith('-'));
  const unknown = [
    ...names.filter((name) => !Object.hasOwn(BENCHES, name)),
    ...args.filter((arg) => arg.startsWith('-') && !['--json', '--help'].includes(arg)),
  ];
  if (args.includes('--help') || unknown.length > 0) {
    process.stdout.write(unknown.length > 0 ? `unknown: ${unknown.join(', ')}\n${HELP}` : HELP);
    return unknown.length > 0 ? 2 : 0;
  }
  const figures: Figure[] = [];
  for (const [name, bench] of Object.entries(BENCHES)) {
    if (names.length > 0 && !names.includes(name)) continue;
    process.stderr.write(`measuring ${name}\n`);
    figures.push(...(await bench()));
  }
  const machine = `${cpus().length} cores, Node ${process.version}`;
  const printed = args.includes('--json')
    ? JSON.stringify({ machine, figures }, undefined, 2)
    : `${machine}\n\n${table(figures)}`;
  process.stdout.write(`${printed}\n`);
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
