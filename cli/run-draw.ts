/** `playrail draw`: a pipeline, a decision or an approval as Mermaid text. */

import { compileSet } from '../engine/language/compile-set.ts';
import type { Lang } from '../engine/playbook/text.ts';
import { sha256 } from '../store/hash.ts';
import { DRAWERS, drawAll } from './draw/draw.ts';
import { CliExit, EXIT } from './exit-codes.ts';
import { readPlaybooks } from './read-playbooks.ts';

export interface DrawOptions {
  readonly playbooks: string;
  /** Needed where things of several kinds have the name. */
  readonly kind?: string;
  readonly lang: Lang;
}

/** @throws CliExit for playbooks with errors, a name that nothing has, or one that several things have. */
export function runDraw(name: string, { playbooks, kind, lang }: DrawOptions): string {
  if (kind !== undefined && !Object.hasOwn(DRAWERS, kind)) {
    const known = Object.keys(DRAWERS).join(', ');
    throw usage(`画不了 \`${kind}\`，可画 ${known}`, `\`${kind}\` cannot be drawn, only ${known}`);
  }
  const { set } = compileSet(readPlaybooks(playbooks), { sha256 });
  if (set === undefined) {
    throw new CliExit(EXIT.no, {
      zh: `\`${playbooks}\` 中的剧本有错：先运行 playrail check`,
      en: `the playbooks in \`${playbooks}\` have errors: run playrail check first`,
    });
  }
  const drawings = drawAll(set, name, lang).filter((one) => kind === undefined || one.kind === kind);
  const [first, second] = drawings;
  if (first === undefined) {
    throw usage(
      `没有叫 \`${name}\` 的流程、决策或审批`,
      `there is no pipeline, decision or approval called \`${name}\``,
    );
  }
  if (second !== undefined) {
    const kinds = drawings.map((one) => one.kind).join(', ');
    throw usage(
      `\`${name}\` 不止一个：用 --kind 指明 ${kinds}`,
      `several are called \`${name}\`: name one with --kind, of ${kinds}`,
    );
  }
  return first.mermaid;
}

function usage(zh: string, en: string): CliExit {
  return new CliExit(EXIT.usage, { zh, en });
}
