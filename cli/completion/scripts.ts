/** The scripts by which shells complete `playrail`: words for each command, values for the options that list them. */

import type { CompletedCommand, CompletedOption } from './command-tree.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

function wordsOf({ commands, options }: CompletedCommand): string {
  return [...commands, ...options.flatMap((option) => option.flags)].join(' ');
}

/** By flag, whatever the command: a flag means the same everywhere. */
function valued(tree: readonly CompletedCommand[]): readonly CompletedOption[] {
  const byFlag = new Map<string, CompletedOption>();
  for (const option of tree.flatMap((command) => command.options)) {
    if (option.values !== undefined) byFlag.set(option.flags.join('|'), option);
  }
  return [...byFlag.values()];
}

/** Cases of the shell's own `case`, which bash and zsh write alike. */
function pathCases(tree: readonly CompletedCommand[]): string {
  const known = tree.filter(({ path }) => path !== '').map(({ path }) => `"${path}"`);
  return `      ${known.join('|')}) path="\${path:+$path }$word" ;;`;
}

function wordCases(tree: readonly CompletedCommand[]): string {
  return tree.map((command) => `    "${command.path}") words="${wordsOf(command)}" ;;`).join('\n');
}

function bash(tree: readonly CompletedCommand[]): string {
  const values = valued(tree).map(({ flags, values: of }) =>
    of === 'folder'
      ? `    ${flags.join('|')}) COMPREPLY=($(compgen -d -- "$cur")); return ;;`
      : `    ${flags.join('|')}) COMPREPLY=($(compgen -W "${(of ?? []).join(' ')}" -- "$cur")); return ;;`,
  );
  return `# bash completion of playrail. To load it: source <(playrail completion bash)
_playrail() {
  local cur="\${COMP_WORDS[COMP_CWORD]}" prev="\${COMP_WORDS[COMP_CWORD-1]}" path="" word words=""
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "\${path:+$path }$word" in
${pathCases(tree)}
    esac
  done
  case "$prev" in
${values.join('\n')}
  esac
  case "$path" in
${wordCases(tree)}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _playrail playrail
`;
}

function zsh(tree: readonly CompletedCommand[]): string {
  const values = valued(tree).map(({ flags, values: of }) =>
    of === 'folder'
      ? `    ${flags.join('|')}) _files -/; return ;;`
      : `    ${flags.join('|')}) compadd -- ${(of ?? []).join(' ')}; return ;;`,
  );
  return `#compdef playrail
# zsh completion of playrail. To load it: source <(playrail completion zsh)
_playrail() {
  local prev="\${words[CURRENT-1]}" path="" word
  local -a known
  for word in "\${(@)words[2,CURRENT-1]}"; do
    case "\${path:+$path }$word" in
${pathCases(tree)}
    esac
  done
  case "$prev" in
${values.join('\n')}
  esac
  case "$path" in
${tree.map((command) => `    "${command.path}") known=(${wordsOf(command)}) ;;`).join('\n')}
  esac
  compadd -a known
  _files
}
compdef _playrail playrail
`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}

/** Holds while the words so far name this command and none below it. */
function fishCondition({ path, commands }: CompletedCommand): string {
  const names = path.split(' ').filter((name) => name !== '');
  const seen = names.map((name) => `__fish_seen_subcommand_from ${name}`);
  const below = commands.length === 0 ? [] : [`not __fish_seen_subcommand_from ${commands.join(' ')}`];
  return [...seen, ...below].join('; and ') || 'true';
}

function fish(tree: readonly CompletedCommand[]): string {
  const lines = tree.flatMap((command) => {
    const start = `complete -c playrail -n ${quoted(fishCondition(command))}`;
    const children = command.commands.map((name) => {
      const child = tree.find(({ path }) => path === (command.path === '' ? name : `${command.path} ${name}`));
      return `${start} -f -a ${name} -d ${quoted(child?.about ?? '')}`;
    });
    const options = command.options.map(({ flags, about, values, takesValue }) => {
      const long = flags.find((flag) => flag.startsWith('--'))?.slice(2) ?? '';
      const list = Array.isArray(values) ? ` -f -a ${quoted(values.join(' '))}` : '';
      return `${start} -l ${long}${takesValue ? ' -r' : ''}${list} -d ${quoted(about)}`;
    });
    return [...children, ...options];
  });
  return `# fish completion of playrail. To load it: playrail completion fish | source\n${lines.join('\n')}\n`;
}

export function completionScript(shell: Shell, tree: readonly CompletedCommand[]): string {
  switch (shell) {
    case 'bash':
      return bash(tree);
    case 'zsh':
      return zsh(tree);
    case 'fish':
      return fish(tree);
  }
}
