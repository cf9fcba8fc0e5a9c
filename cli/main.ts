#!/usr/bin/env node
/** The `playrail` command: finds the command that is meant, and turns how it ended into an exit code. */

import { CommanderError } from 'commander';
import { SetupError } from '../workers/embedded/setup-error.ts';
import { ProblemAnswer } from './api-client.ts';
import { CliExit, EXIT, type ExitCode } from './exit-codes.ts';
import { terminalLang } from './lang.ts';
import { exitCodeOf, problemLines } from './print-problem.ts';
import { createProgram } from './program.ts';

/** `--lang` and `--json` as typed, for errors that come before or outside of a command's own options. */
function typedOption(name: string): string | undefined {
  const index = process.argv.indexOf(name);
  return index < 0 ? undefined : process.argv[index + 1];
}

function report(error: unknown): ExitCode {
  const lang = terminalLang(typedOption('--lang'));
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
  if (error instanceof ProblemAnswer) {
    const isJson = process.argv.includes('--json');
    if (isJson) process.stdout.write(`${JSON.stringify(error.raw, undefined, 2)}\n`);
    else process.stderr.write(`${problemLines(error.problem, lang).join('\n')}\n`);
    return exitCodeOf(error.problem);
  }
  if (error instanceof CliExit) {
    process.stderr.write(`${error.text[lang]}\n`);
    return error.exitCode;
  }
  if (error instanceof SetupError) {
    process.stderr.write(`${error.text[lang]}\n${error.hint[lang]}\n`);
    return EXIT.fault;
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return EXIT.fault;
}

// A reader that stops early (`| head`) is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(EXIT.ok);
});

try {
  await createProgram().parseAsync();
} catch (error) {
  process.exitCode = report(error);
}
