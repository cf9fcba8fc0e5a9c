/** The compose file: what it starts, sets and asks exists in the program; there is no container here to try it in. */

import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { commandTree } from '../../cli/completion/command-tree.ts';
import { createProgram } from '../../cli/program.ts';
import { SETTINGS } from '../../cli/settings.ts';

const service = z.object({
  image: z.string(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).optional(),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).optional(),
  healthcheck: z.object({ test: z.array(z.string()) }).optional(),
  ports: z.array(z.string()).optional(),
  volumes: z.array(z.string()).optional(),
  stop_grace_period: z.string().optional(),
});

const { services } = z
  .object({ services: z.record(z.string(), service) })
  .parse(parse(readFileSync('deploy/compose.yaml', 'utf8'), { merge: true }));
const ours = Object.entries(services).filter(([, { image }]) => image === 'playrail');
const tree = commandTree(createProgram());

test('two workers, two APIs and one setup run beside PostgreSQL 18 and Temporal', () => {
  const count = (name: string) => ours.filter(([, { command }]) => command?.[0] === name).length;
  expect([count('worker'), count('api'), count('setup')]).toEqual([2, 2, 1]);
  expect(services['postgres']?.image).toBe('postgres:18');
  expect(services['temporal']?.image).toContain('temporalio/');
});

test.each(ours)(
  '%s is started by a command that there is, with settings that are read',
  (_name, { command = [], environment = {} }) => {
    const [name = '', ...rest] = command;
    const known = tree.find(({ path }) => path === name);
    const flags = known?.options.flatMap((option) => option.flags) ?? [];
    expect(rest.filter((word) => word.startsWith('--')).filter((flag) => !flags.includes(flag))).toEqual([]);
    expect(Object.keys(environment).filter((setting) => !Object.hasOwn(SETTINGS, setting))).toEqual([]);
    for (const needed of ['DATABASE_URL', 'TEMPORAL_ADDRESS']) expect(environment).toHaveProperty(needed);
  },
);

test('health is asked at the port that each listens on, and only APIs are reached from outside, from this host', () => {
  for (const [name, { command = [], healthcheck, ports = [] }] of ours) {
    if (command[0] === 'setup') continue;
    const port = command[command.indexOf('--port') + 1];
    expect(healthcheck?.test.join(' ')).toContain(`127.0.0.1:${port}/readyz`);
    expect(ports.length, name).toBe(command[0] === 'api' ? 1 : 0);
    for (const published of ports) expect(published).toMatch(new RegExp(`^127\\.0\\.0\\.1:\\d+:${port}$`));
  }
});

test('workers sign checkpoints with one key, and keep it and their copies on a volume that the image makes room for', () => {
  const workers = ours.filter(([, { command }]) => command?.[0] === 'worker');
  const places = workers.map(([, { environment = {}, volumes = [] }]) => {
    const { PLAYRAIL_AUDIT_KEY: key = '', PLAYRAIL_CHECKPOINTS: copies = '' } = environment;
    const folder = volumes.find((one) => key.startsWith(`${one.split(':')[1]}/`))?.split(':')[1] ?? 'none';
    expect(copies.startsWith(`${folder}/`)).toBe(true);
    return folder;
  });
  expect(new Set(places)).toEqual(new Set(['/audit']));
  expect(readFileSync('deploy/Dockerfile', 'utf8')).toContain('install -d -o node -g node /audit');
});

test('APIs keep uploaded files in one place, on a volume that the image makes room for', () => {
  const apis = ours.filter(([, { command }]) => command?.[0] === 'api');
  for (const [name, { environment = {}, volumes = [] }] of apis) {
    expect(environment['PLAYRAIL_FILES'], name).toBe('/files');
    expect(volumes, name).toContain('files:/files');
  }
  expect(readFileSync('deploy/Dockerfile', 'utf8')).toContain('install -d -o node -g node /files');
});

test('what a service waits for is there', () => {
  for (const { depends_on = {} } of Object.values(services)) {
    for (const [name, { condition }] of Object.entries(depends_on)) {
      expect(services).toHaveProperty(name);
      if (condition === 'service_healthy') expect(services[name]?.healthcheck, name).toBeDefined();
    }
  }
});

test('the image is built of files that there are, and runs the built program', () => {
  const dockerfile = readFileSync('deploy/Dockerfile', 'utf8');
  expect(dockerfile).toContain('"dist/cli/main.js"');
  const scripts: unknown = JSON.parse(readFileSync('package.json', 'utf8')).scripts;
  for (const [, script] of dockerfile.matchAll(/npm run (\w+)/g)) expect(scripts).toHaveProperty(script ?? '');
});
