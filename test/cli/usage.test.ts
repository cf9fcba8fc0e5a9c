/** How `playrail` explains itself, and what its exit codes say. */

import { expect, test } from 'vitest';
import { createProgram } from '../../cli/program.ts';
import { runCli } from './run-cli.ts';

/** Every command and subcommand, as one types it. */
const COMMANDS = createProgram().commands.flatMap((command) => [
  [command.name()],
  ...command.commands.map((child) => [command.name(), child.name()]),
]);

test('there is a command for everything somebody does', () => {
  const names = COMMANDS.map((words) => words.join(' '));
  for (const name of [
    'serve',
    'check',
    'test',
    'import',
    'cases',
    'case',
    'open',
    'do',
    'explain',
    'inbox',
    'inbox read',
    'people',
    'people add',
    'posts',
    'keys create',
    'keys list',
    'keys revoke',
    'audit verify',
    'doctor',
    'recover',
  ]) {
    expect(names).toContain(name);
  }
});

test('every command has help with an example that begins with its own name', async () => {
  const results = await Promise.all(
    COMMANDS.map(async (words) => ({ words, ...(await runCli([...words, '--help'])) })),
  );
  for (const { words, code, out } of results) {
    expect(code, words.join(' ')).toBe(0);
    expect(out).toMatch(new RegExp(`Example:\\n\\s+playrail ${words.join(' ')}`));
  }
}, 120_000);

test('help speaks Chinese where the terminal does', async () => {
  const { out } = await runCli(['--help'], { env: { LANG: 'zh_CN.UTF-8' } });
  expect(out).toContain('退出码');
});

test('what is typed wrongly ends with 2 and says how it is typed', async () => {
  const wrong: readonly (readonly [readonly string[], RegExp])[] = [
    [['fly'], /unknown command 'fly'/],
    [['cases', '--colour'], /unknown option '--colour'/],
    [['do', 'c-1'], /missing required argument 'command'/],
    [['do', 'c-1', 'fly'], /no such command as `fly`; there are: set_facts/],
    [['do', 'c-1', 'submit_evidence'], /usage: playrail do ID submit_evidence EVIDENCE/],
    [['do', 'c-1', 'advance', 'a', 'b'], /usage: playrail do ID advance \[TO\]/],
    [['do', 'c-1', 'advance', '--reason', 'x'], /`advance` takes no --reason/],
    [['do', 'c-1', 'set_facts', 'amount'], /`amount` is not `name=value`/],
    [['do', 'c-1', 'submit_evidence', 'e', '--with', 'a:={'], /what follows `a:=` is not JSON/],
    [['serve', '--port', '99999'], /a port is a number from 1 to 65535/],
    [['cases', '--url', 'ftp://x'], /`ftp:\/\/x` is not an http address/],
    [['people', 'add', 'x'], /required option '--name/],
  ];
  const results = await Promise.all(wrong.map(async ([args, message]) => ({ message, ...(await runCli(args)) })));
  for (const { code, err, message } of results) {
    expect(err).toMatch(message);
    expect(code).toBe(2);
  }
}, 60_000);

test('a server that is not there is a fault, and a command names the key to repeat it with', async () => {
  const url = 'http://127.0.0.1:9';
  const reading = await runCli(['cases', '--url', url]);
  expect(reading).toMatchObject({ code: 3, out: '' });
  expect(reading.err).toContain('`playrail serve`');
  const doing = await runCli(['do', 'c-1', 'advance', '--url', url, '--idempotency-key', 'my-key']);
  expect(doing.code).toBe(3);
  expect(doing.err).toContain('--idempotency-key my-key');
});
