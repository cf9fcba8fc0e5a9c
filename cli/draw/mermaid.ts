/** Writes Mermaid flowcharts: nodes and arrows, with every text made fit to stand in one. */

export type Shape = 'box' | 'question' | 'end' | 'rule' | 'start';

/** What opens and closes a node of the shape. */
const BRACKETS: Readonly<Record<Shape, readonly [string, string]>> = {
  box: ['[', ']'],
  question: ['{', '}'],
  end: ['([', '])'],
  rule: ['[/', '/]'],
  start: ['((', '))'],
};

/** Characters that mean something to Mermaid, or to the HTML it draws. */
const ENTITIES: Readonly<Record<string, string>> = {
  '#': '#35;',
  '"': '#quot;',
  '<': '#lt;',
  '>': '#gt;',
  '&': '#amp;',
  '`': '#96;',
  '\\': '#92;',
};

/** Collects a chart from top to bottom; the same arrow is drawn once. */
export class Flowchart {
  private readonly nodes = new Map<string, string>();
  private readonly arrows = new Set<string>();

  /** @param lines what stands in it, one below the other */
  node(id: string, shape: Shape, ...lines: readonly string[]): this {
    const [open, close] = BRACKETS[shape];
    this.nodes.set(idOf(id), `${open}${quoted(lines)}${close}`);
    return this;
  }

  /** @param lines what stands beside it */
  arrow(from: string, to: string, ...lines: readonly string[]): this {
    const label = lines.length === 0 ? '' : `|${quoted(lines)}|`;
    this.arrows.add(`${idOf(from)} -->${label} ${idOf(to)}`);
    return this;
  }

  toString(): string {
    const nodes = [...this.nodes].map(([id, body]) => `${id}${body}`);
    return ['flowchart TD', ...[...nodes, ...this.arrows].map((line) => `  ${line}`), ''].join('\n');
  }
}

/** Ids are kebab-case or snake_case behind a word that says what they are, so that none is a word of Mermaid's own. */
function idOf(id: string): string {
  return id.replace(/[^a-z0-9]+/gi, '_');
}

function quoted(lines: readonly string[]): string {
  return `"${lines.map(escaped).join('<br/>')}"`;
}

function escaped(text: string): string {
  const flat = text.replace(/[\s\p{Cc}]+/gu, ' ').trim();
  return flat.replace(/[#"<>&`\\]/g, (char) => ENTITIES[char] ?? char);
}
