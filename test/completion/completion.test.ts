/** Shell completion: asked of a real bash, and complete for the others. */

import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { commandTree } from '../../cli/completion/command-tree.ts';
import { completionScript, SHELLS } from '../../cli/completion/scripts.ts';
import { createProgram } from '../../cli/program.ts';

const tree = commandTree(createProgram());

/** What bash offers once the line is typed so far; its last word is what is being completed. */
function offered(...words: readonly string[]): readonly string[] {
  const script = completionScript('bash', tree);
  const typed = ['playrail', ...words].map((word) => `'${word}'`).join(' ');
  const ask = `${script}\nCOMP_WORDS=(${typed}); COMP_CWORD=${words.length}; _playrail; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['--norc', '-c', ask], { encoding: 'utf8' }).trim().split('\n');
}

describe('bash', () => {
  test('completes commands, subcommands and options', () => {
    expect(offered('do')).toEqual(['doctor', 'do', 'dossier']);
    expect(offered('key')).toEqual(['keys']);
    expect(offered('keys', 'cr')).toEqual(['create']);
    expect(offered('serve', '--sa')).toEqual(['--sample']);
    expect(offered('cases', '--stalled', '--man')).toEqual(['--manager']);
    expect(offered('keys', 'create', 'anna', '--')).toContain('--json');
  });

  test('offers the values of an option that lists them, and folders where it wants one', () => {
    expect(offered('check', '--lang', '')).toEqual(['zh', 'en']);
    expect(offered('serve', '--playbooks', 'playb')).toEqual(['playbooks']);
  });

  test('the value of an option is no command', () => {
    expect(offered('cases', '--owner', 'keys', '--st')).toContain('--stalled');
  });

  test('offers every command there is', () => {
    expect(offered('').filter((word) => !word.startsWith('-'))).toEqual(tree[0]?.commands);
  });
});

describe.each(SHELLS)('%s', (shell) => {
  test('knows every command and every option', () => {
    const script = completionScript(shell, tree);
    for (const { path, options } of tree) {
      for (const name of path.split(' ')) expect(script).toContain(name);
      for (const flag of options.flatMap((option) => option.flags)) {
        expect(script).toContain(shell === 'fish' ? `-l ${flag.replace(/^-+/, '')}` : flag);
      }
    }
  });
});
