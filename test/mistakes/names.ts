/** Mistakes of names: misspelt where they are used, and taken away where they are declared. */

import { type Edit, lineAt, type Maker, misspelt, type Shipped } from './mistake.ts';
import type { Random } from './random.ts';
import type { Site, Span, Word } from './sites.ts';

/** Maps whose keys the author chooses: a key misspelt there is another key, and no mistake by itself. */
const OWN_KEYS =
  /\/(facts|fields|choices|lost_reasons|activities|aliases|six-stage|hours|tables|join|fixes|product|values|with|ways|people)\/[^/]+$/;

/** Values that name something declared elsewhere, or are a word of a closed list. */
const NAMES: Readonly<Record<string, RegExp>> = {
  'an evidence in a condition': /\/(when|all|any|not)\/evidence$/,
  'a milestone in a condition': /\/(when|all|any|not|enter_when|leave_when)\/milestone$/,
  'a fact in a condition': /\/(when|all|any|not|applies_when|pauses_while)\/fact$/,
  'an activity in a condition': /\/(all|any)\/activity$/,
  'a task in a condition': /\/(all|not)\/task$/,
  'a choice in a condition': /open_at\/when\/is$/,
  'a stage where cases open': /^pipeline\/open_at(\/stage)?$/,
  'the stage that wins': /\/won_on_leaving$/,
  'a stage of a mapping': /^mapping\/stage\/values\/(Prospecting|Engaging)$/,
  'a reason of a mapping': /^mapping\/stage\/values\/Lost\/reason$/,
  'how a case of a mapping closed': /^mapping\/stage\/values\/[A-Z][a-z]+\/close$/,
  'the pipeline of a mapping': /^mapping\/pipeline$/,
  'the table of people': /^mapping\/people\/table$/,
  'a role of a mapping': /^mapping\/people\/(manager\/(reports_to\/)?)?role$/,
  'how an owner is found': /\/person_by$/,
  'a choice of a mapping': /^mapping\/facts\/source\/default$/,
  'a ladder of a stage': /^pipeline\/stages\/ladder$/,
  'the calendar of a pipeline': /^pipeline\/calendar$/,
  'a pipeline of a gate': /^gate\/applies_to$/,
  'the point of a gate': /^gate\/at$/,
  'the mode of a gate': /^gate\/mode$/,
  'who accepts': /\/accepted_by$/,
  'who is told': /\/(remind|notify)$/,
  'who must decide': /\/demand\/of$/,
  'whom a post manages': /^roles\/posts\/manages$/,
  'a right': /^roles\/posts\/may$/,
  'how far a right reaches': /^roles\/posts\/over$/,
  'a type': /\/type$/,
  'what starts a stall': /^ladder\/starts$/,
  'what ends a stall': /^ladder\/ends_when$/,
  'what a way brings': /\/demand\/ways\/\w+$/,
  'a time zone': /\/zone$/,
  'a command of a scenario': /\/timeline\/do$/,
  'a stage that is given': /\/given\/stage$/,
  'an expectation': /\/timeline\/expect$/,
  'a reason of a refusal': /\/timeline\/refused$/,
};

/** Second words of the grammar of scenarios that are checked against the playbooks. */
const CHECKED =
  /^(evidence|milestone|gate|fact|stage|activity|flag|log_activity|submit_evidence|accept_evidence|reject_evidence|withdraw_evidence|fall_back|resolve|lost) [a-z_-]+/;

function isChecked({ text, path }: Word): boolean {
  if (/\/timeline\/(do|expect|refused)$/.test(path)) return true;
  return /[a-z]{2}/.test(text);
}

/** A line of the scenario grammar is misspelt in its first word, or in one that is checked. */
function misspeltWord({ text, path }: Word, shipped: Shipped, random: Random): string | undefined {
  const [first = '', second, ...rest] = text.split(' ');
  const isLine = /\/timeline\/(do|expect|refused)$/.test(path);
  if (!isLine) return misspelt(text, shipped, random);
  if (second !== undefined && CHECKED.test(text) && random.under(2) === 0) {
    const slip = misspelt(second, shipped, random);
    return slip && [first, slip, ...rest].join(' ');
  }
  // The bare code of a reason is a word of its own.
  const slip = misspelt(first, shipped, random);
  return slip && [slip, ...(second === undefined ? [] : [second]), ...rest].join(' ');
}

function misspell(what: string): Maker {
  const path = NAMES[what] ?? /$^/;
  return (shipped, random) => {
    const word = random.pick(shipped.words.filter((one) => path.test(one.path) && isChecked(one) && !one.isQuoted));
    const put = word && misspeltWord(word, shipped, random);
    return word && put !== undefined ? { file: word.file, ...word.at, put } : undefined;
  };
}

const misspeltKey: Maker = (shipped, random) => {
  const sites = shipped.sites.filter(({ path, key }) => !OWN_KEYS.test(path) && /^[a-z_]+$/.test(key));
  const site = random.pick(sites);
  const put = site && misspelt(site.key, shipped, random);
  return site && put !== undefined ? { file: site.file, ...site.keyAt, put } : undefined;
};

/** Keys of the author's own that must lead somewhere. */
const misspeltAnswer: Maker = (shipped, random) => {
  const lines = /\/timeline\/with\/[a-z_]+$|\/given\/facts\/[a-z_]+$|^mapping\/facts\/[a-z_]+$|\/six-stage\/[a-z]+$|\/demand\/ways\/\w+$/;
  const site = random.pick(shipped.sites.filter(({ path, among }) => lines.test(path) && !isInvalid(path, among)));
  const put = site && misspelt(site.key, shipped, random);
  return site && put !== undefined ? { file: site.file, ...site.keyAt, put } : undefined;
};

function isInvalid(path: string, among: Site['among']): boolean {
  return /\/with\//.test(path) && among.length === 0;
}

const tableOfColumn: Maker = (shipped, random) => {
  const word = random.pick(shipped.words.filter(({ path, text }) => /^mapping\//.test(path) && /^[a-z]+\.[a-z]/.test(text)));
  const [table = '', column] = word?.text.split('.') ?? [];
  const put = misspelt(table, shipped, random);
  return word && put !== undefined ? { file: word.file, ...word.at, put: `${put}.${column}` } : undefined;
};

/** The whole item of a list, from its dash to the line before the next thing. */
function itemAround(text: string, at: number): Span {
  const from = text.lastIndexOf('\n', at) + 1;
  const indent = /^ */.exec(text.slice(from))?.[0].length ?? 0;
  const lines = text.slice(from).split('\n');
  const rest = lines.slice(1).findIndex((line) => line.trim() !== '' && (/^ */.exec(line)?.[0].length ?? 0) <= indent);
  const length = lines.slice(0, rest === -1 ? lines.length : rest + 1).join('\n').length;
  return { from, to: Math.min(text.length, from + length + 1) };
}

/** Places in playbooks where a name is used, scenarios aside: they wait until what they test can be read. */
function usesOf(name: string, path: RegExp, shipped: Shipped): readonly Word[] {
  return shipped.words.filter((word) => word.text === name && path.test(word.path));
}

/** Takes away what is declared; each use must be told, in the text as it then is. */
function removed(what: RegExp, uses: RegExp): Maker {
  return (shipped, random) => {
    const declared = shipped.words.filter(({ path, file, at }) => what.test(path) && isBlockItem(file.text, at.from));
    const candidates = declared.filter(({ text }) => usesOf(text, uses, shipped).length === 1 && !isNamedInLines(text, shipped));
    const word = random.pick(candidates);
    if (!word) return undefined;
    const item = itemAround(word.file.text, word.at.from);
    const [use] = usesOf(word.text, uses, shipped);
    if (!use) return undefined;
    const isAlone = itemAround(word.file.text, use.at.from).from >= item.from && use.at.from < item.to && use.file === word.file;
    if (isAlone) return undefined;
    const taken = use.file === word.file && use.at.from > item.to ? lineAt(word.file.text, item.to) - lineAt(word.file.text, item.from) : 0;
    const line = lineAt(use.file.text, use.at.from) - taken;
    return { file: word.file, ...item, put: '', toldAt: [`${use.file.path}:${line}`] };
  };
}

function isBlockItem(text: string, at: number): boolean {
  return /^ *- [a-z_]+: $/.test(text.slice(text.lastIndexOf('\n', at) + 1, at));
}

/** Lines of scenarios name it too: they would be told as well. */
function isNamedInLines(name: string, { words }: Shipped): boolean {
  return words.some(({ path, text }) => path.startsWith('scenarios/') && text.split(' ').includes(name));
}

const evidenceRemoved = removed(/\/evidence\/evidence$/, /\/(when|all|any|not)\/evidence$/);

/** A fact that one condition is about, and nothing else. */
const factRemoved: Maker = (shipped, random) => {
  const facts = shipped.sites.filter(({ path }) => /^pipeline\/facts\/[a-z_]+$/.test(path));
  const once = facts.filter(({ key, file }) => {
    const uses = shipped.words.filter((word) => word.text === key || word.text.split(' ').includes(key));
    const keys = shipped.sites.filter((site) => site.key === key);
    return uses.length === 1 && keys.length === 1 && uses[0]?.file === file && uses[0].path.endsWith('/fact');
  });
  const site = random.pick(once);
  const use = site && shipped.words.find((word) => word.text === site.key);
  if (!site || !use) return undefined;
  const from = site.file.text.lastIndexOf('\n', site.keyAt.from) + 1;
  const to = site.valueAt.to + 1;
  const taken = lineAt(site.file.text, to) - lineAt(site.file.text, from);
  return { file: site.file, from, to, put: '', toldAt: [`${use.file.path}:${lineAt(use.file.text, use.at.from) - taken}`] };
};

/** A copy pasted below the first, as it is. */
function doubled(what: RegExp): Maker {
  return (shipped, random) => {
    const word = random.pick(
      shipped.words.filter(({ path, file, at }) => what.test(path) && isBlockItem(file.text, at.from)),
    );
    if (!word) return undefined;
    const { text } = word.file;
    const item = itemAround(text, word.at.from);
    const copy = text.slice(item.from, item.to);
    const put = copy.endsWith('\n') ? copy : `${copy}\n`;
    const told = lineAt(text, item.to) + lineAt(text, word.at.from) - lineAt(text, item.from);
    return { file: word.file, from: item.to, to: item.to, put, toldAt: [`${word.file.path}:${told}`] };
  };
}

const keyDoubled: Maker = (shipped, random) => {
  const flow = random.pick(shipped.sites.filter(({ isFlow, file, keyAt, valueAt }) => isFlow && oneLine(file.text, keyAt.from, valueAt.to)));
  if (!flow) return undefined;
  const copy = flow.file.text.slice(flow.keyAt.from, flow.valueAt.to);
  return { file: flow.file, from: flow.valueAt.to, to: flow.valueAt.to, put: `, ${copy}` };
};

function oneLine(text: string, from: number, to: number): boolean {
  return to > from && !text.slice(from, to).includes('\n');
}

export const NAME_MISTAKES: Readonly<Record<string, Maker>> = {
  'a key misspelt': misspeltKey,
  'an answer misspelt': misspeltAnswer,
  'the table of a column misspelt': tableOfColumn,
  ...Object.fromEntries(Object.keys(NAMES).map((what) => [`${what} misspelt`, misspell(what)])),
  'evidence removed and still asked for': evidenceRemoved,
  'a fact removed and still looked at': factRemoved,
  'a milestone declared twice': doubled(/\/milestones\/milestone$/),
  'a scenario written twice': doubled(/^scenarios\/list\/scenario$/),
  'a post declared twice': doubled(/^roles\/posts\/role$/),
  'a key written twice': keyDoubled,
};

export type { Edit };
