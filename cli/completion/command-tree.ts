/** The commands and options of `playrail` as shells complete them, read from the program itself. */

import type { Command } from 'commander';

export interface CompletedOption {
  readonly flags: readonly string[];
  readonly about: string;
  /** What the value may be; `folder` for paths of folders; absent: it takes no value, or any. */
  readonly values?: readonly string[] | 'folder';
  readonly takesValue: boolean;
}

export interface CompletedCommand {
  /** From below `playrail`: `keys create`; empty for `playrail` itself. */
  readonly path: string;
  readonly about: string;
  readonly commands: readonly string[];
  readonly options: readonly CompletedOption[];
}

/** `--lang <zh|en>` lists its values; `--data <dir>` names a folder. */
function valuesOf(flags: string): CompletedOption['values'] {
  const inside = /[<[]([^>\]]+)[>\]]/.exec(flags)?.[1];
  if (inside === undefined) return undefined;
  if (inside.includes('|')) return inside.split('|');
  return inside === 'dir' || inside === 'folder' ? 'folder' : undefined;
}

const HELP: CompletedOption = { flags: ['--help'], about: 'help', takesValue: false };

function completed(command: Command, path: string): CompletedCommand {
  const options = command.options.map(({ short, long, description, flags }): CompletedOption => {
    const values = valuesOf(flags);
    return {
      flags: [short, long].filter((flag) => flag !== undefined && flag !== null),
      about: description,
      takesValue: /[<[]/.test(flags),
      ...(values !== undefined && { values }),
    };
  });
  const about = command.description();
  return { path, about, commands: command.commands.map((child) => child.name()), options: [...options, HELP] };
}

/** Every command, the program itself first. */
export function commandTree(program: Command): readonly CompletedCommand[] {
  const walk = (command: Command, path: string): CompletedCommand[] => [
    completed(command, path),
    ...command.commands.flatMap((child) => walk(child, path === '' ? child.name() : `${path} ${child.name()}`)),
  ];
  return walk(program, '');
}
