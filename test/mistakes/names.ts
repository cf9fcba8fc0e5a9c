/** Mistakes of names: misspelt where they are used, and taken away where they are declared. */

import { type Edit, lineAt, type Maker, misspelt, type Shipped } from './mistake.ts';
import type { Random } from './random.ts';
import type { Site, Span, Word } from './sites.ts';

/** Maps whose keys the author chooses: a key misspelt there is another key, and no mistake by itself. */
const OWN_KEYS =
  /\/(facts|fields|choices|lost_reasons|activities|aliases|six-stage|hours|tables|join|fixes|product|values|with|ways|people|answers)\/[^/]+$/;

/** Values that name something declared elsewhere, or are a word of a closed list. */
const NAMES: Readonly<Record<string, RegExp>> = {
  'an evidence in a condition': /\/(when|all|any|not)\/evidence$/,
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
  'a pipeline of a decision': /^decision\/applies_to$/,
  'a decision in a condition': /^pipeline\/.*\/decision$/,
  'an outcome in a condition': /^pipeline\/.*enter_when\/is_not$/,
  'a question that is asked': /^decision\/questions\/answers\/\w+\/ask$/,
  'an outcome of an answer': /^decision\/questions\/answers\/\w+\/outcome$/,
  'a fact that an answer rests on': /^decision\/questions\/rests_on$/,
  'who accepts': /\/accepted_by$/,
  'who is told': /\/(remind|notify)$/,
  'who must decide': /\/demand\/of$/,
  'whom a post manages': /^roles\/posts\/manages$/,
  'a right': /^roles\/posts\/may$/,
  'how far a right reaches': /^roles\/posts\/over$/,
  'what a note is attached to': /^knowledge\/attached_to\/\w+$/,
  'a pipeline of a note': /^knowledge\/applies_to$/,
  'the category of a note': /^knowledge\/category$/,
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
  /^(evidence|milestone|gate|fact|stage|activity|flag|log_activity|submit_evidence|accept_evidence|reject_evidence|withdraw_evidence|fall_back|resolve|lost|answer|asked_again|decision) [a-z_-]+/;

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
  const lines =
    /\/timeline\/with\/[a-z_]+$|\/given\/facts\/[a-z_]+$|^mapping\/facts\/[a-z_]+$|\/six-stage\/[a-z]+$|\/demand\/ways\/\w+$/;
  const site = random.pick(
    shipped.sites.filter(({ path, file, keyAt }) => lines.test(path) && !isInvalid(file, keyAt.from)),
  );
  const put = site && misspelt(site.key, shipped, random);
  return site && put !== undefined ? { file: site.file, ...site.keyAt, put } : undefined;
};

/** Lines that promise an answer `invalid` may name what is not there. */
export function isInvalid({ text }: Site['file'], at: number): boolean {
  const item = itemAround(text, text.lastIndexOf('- ', at));
  return text.slice(item.from, item.to).includes('invalid:');
}

const tableOfColumn: Maker = (shipped, random) => {
  const word = random.pick(
    shipped.words.filter(
      ({ path, text }) => /^mapping\//.test(path) && !path.endsWith('/file') && /^[a-z]+\.[a-z]/.test(text),
    ),
  );
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

/** Words that lead to the name: in the playbooks by where they stand, in the lines of scenarios where the grammar checks it. */
function usesOf(name: string, path: RegExp, line: RegExp, shipped: Shipped): readonly Word[] {
  return shipped.words.filter(({ text, path: own }) => {
    if (!/\/timeline\/(do|expect|refused)$/.test(own)) return text === name && path.test(own);
    return line.test(text) && text.split(' ').includes(name);
  });
}

/** Takes away what is declared; each use must be told, on its line in the text as it then is. */
function removed(what: RegExp, uses: RegExp, line: RegExp): Maker {
  return (shipped, random) => {
    const declared = shipped.words.filter(({ path, file, at }) => what.test(path) && isBlockItem(file.text, at.from));
    const candidates = declared.flatMap((word) => {
      // Also a word of the language: whoever the owner reports to.
      if (word.text === 'manager') return [];
      const item = itemAround(word.file.text, word.at.from);
      // With the last who may approve so much goes more than a name.
      if (/^ +authority:/m.test(word.file.text.slice(item.from, item.to))) return [];
      const used = usesOf(word.text, uses, line, shipped);
      const isApart = used.every(({ file, at }) => file !== word.file || at.from < item.from || at.from >= item.to);
      const isInvalidSomewhere = used.some(
        ({ file, path, at }) => path.startsWith('scenarios/') && isInvalid(file, at.from),
      );
      return used.length > 0 && isApart && !isInvalidSomewhere ? [{ word, item, used }] : [];
    });
    const chosen = random.pick(candidates);
    if (!chosen) return undefined;
    const { word, item, used } = chosen;
    const { text } = word.file;
    const taken = lineAt(text, item.to) - lineAt(text, item.from);
    const told = used.map(({ file, at }) => {
      const below = file === word.file && at.from >= item.to ? taken : 0;
      return `${file.path}:${lineAt(file.text, at.from) - below}`;
    });
    return { file: word.file, ...item, put: '', toldAt: told };
  };
}

function isBlockItem(text: string, at: number): boolean {
  return /^ *- [a-z_]+: $/.test(text.slice(text.lastIndexOf('\n', at) + 1, at));
}

const CONDITION = /(\/(when|all|any|not)|^knowledge\/attached_to)\/evidence$/;
const NAMING_EVIDENCE = /^((submit|accept|reject|withdraw)_evidence|evidence|require|ask|tell) /;

const evidenceRemoved = removed(/^pipeline\/stages\/evidence\/evidence$/, CONDITION, NAMING_EVIDENCE);
const postRemoved = removed(
  /^roles\/posts\/role$/,
  /(\/(accepted_by|notify|remind|of|manages|ask|fallback|applies_to)|^mapping\/.*\/role)$/,
  /$^/,
);

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
  const flow = random.pick(
    shipped.sites.filter(({ isFlow, file, keyAt, valueAt }) => isFlow && oneLine(file.text, keyAt.from, valueAt.to)),
  );
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
  'a post removed and still named': postRemoved,
  'a milestone declared twice': doubled(/\/milestones\/milestone$/),
  'a scenario written twice': doubled(/^scenarios\/list\/scenario$/),
  'a post declared twice': doubled(/^roles\/posts\/role$/),
  'a key written twice': keyDoubled,
};

export type { Edit };
