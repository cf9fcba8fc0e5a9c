/** Finds the commands that a document shows, with what it says they print. */

/** One command of a block marked `sh` or `console`. */
export interface ShownCommand {
  readonly line: number;
  readonly command: string;
  /** Lines shown below it; absent in blocks that show commands alone. */
  readonly output?: readonly string[];
}

export interface ShownBlock {
  readonly line: number;
  readonly commands: readonly ShownCommand[];
  /** Why the commands are not run, where the document says so above the block. */
  readonly notRun?: string;
}

const FENCE = /^```(sh|console)$/;
const NOT_RUN = /^<!-- not run: (.+) -->$/;

/** Blocks in order. In a `console` block a command begins with `$ ` and goes on after a backslash at the line's end. */
export function blocksOf(document: string): readonly ShownBlock[] {
  const lines = document.split('\n');
  const blocks: ShownBlock[] = [];
  for (let at = 0; at < lines.length; at++) {
    const kind = FENCE.exec(lines[at] ?? '')?.[1];
    if (kind === undefined) continue;
    const end = lines.indexOf('```', at + 1);
    const why = NOT_RUN.exec(lines[at - 1] ?? '')?.[1];
    const body = lines.slice(at + 1, end);
    const commands = kind === 'sh' ? plainCommands(body, at + 2) : consoleCommands(body, at + 2);
    blocks.push({ line: at + 1, commands, ...(why !== undefined && { notRun: why }) });
    at = end;
  }
  return blocks;
}

function plainCommands(body: readonly string[], first: number): readonly ShownCommand[] {
  return body.flatMap((command, index) => (command.trim() === '' ? [] : [{ line: first + index, command }]));
}

function consoleCommands(body: readonly string[], first: number): readonly ShownCommand[] {
  const commands: { line: number; command: string; output: string[] }[] = [];
  let goesOn = false;
  for (const [index, line] of body.entries()) {
    const last = commands.at(-1);
    if (line.startsWith('$ ')) commands.push({ line: first + index, command: line.slice(2), output: [] });
    else if (goesOn && last !== undefined) last.command += `\n${line}`;
    else last?.output.push(line);
    goesOn = line.endsWith('\\') && (line.startsWith('$ ') || goesOn);
  }
  return commands;
}

/**
 * What of a printed line must be as shown: all but figures, keys, and how much space there is. A sample moves with
 * today's date, so its figures do too.
 */
export function skeleton(line: string): string {
  return line
    .replace(/pr_[\w-]+/g, 'pr_…')
    .replace(/\d+(?:,\d{3})*(?:\.\d+)?/g, '#')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Whether the output is as shown; `…` alone on a line stands for any lines. @returns the first shown line that is missing. */
export function missingFrom(shown: readonly string[], printed: readonly string[]): string | undefined {
  const wanted = shown.map(skeleton).filter((line) => line !== '');
  const lines = printed.map(skeleton).filter((line) => line !== '');
  let at = 0;
  let mayPass = false;
  for (const line of wanted) {
    if (line === '…') {
      mayPass = true;
      continue;
    }
    const found = mayPass ? lines.indexOf(line, at) : lines[at] === line ? at : -1;
    if (found < 0) return line;
    at = found + 1;
    mayPass = false;
  }
  return mayPass || at === lines.length ? undefined : `(nothing more, but it prints) ${lines[at]}`;
}
