/** Mistakes of values: units, types, dates, money, order, languages, and keys that are missing or hold what is another's. */

import { REP_FACTS } from '../../engine/measure/rep-facts.ts';
import { lineAt, type Maker, type Shipped } from './mistake.ts';
import { isInvalid } from './names.ts';
import type { Random } from './random.ts';
import type { Site, Word } from './sites.ts';

const DURATION = /^(\d+) (business )?(day|hour|month|week|minute)s?$/;
const HAN = /\p{Script=Han}/u;

function wordOf(shipped: Shipped, random: Random, fits: (word: Word) => boolean): Word | undefined {
  return random.pick(shipped.words.filter((word) => !word.isQuoted && fits(word)));
}

/** Puts something else in place of a word. */
function instead(fits: (word: Word) => boolean, put: (text: string, random: Random) => string | undefined): Maker {
  return (shipped, random) => {
    const word = wordOf(shipped, random, fits);
    const text = word && put(word.text, random);
    return word && text !== undefined && text !== word.text ? { file: word.file, ...word.at, put: text } : undefined;
  };
}

/** Puts something else in place of a whole value. */
function valueInstead(fits: (site: Site) => boolean, put: (site: Site, random: Random) => string | undefined): Maker {
  return (shipped, random) => {
    const site = random.pick(shipped.sites.filter(fits));
    const text = site && put(site, random);
    return site && text !== undefined ? { file: site.file, ...site.valueAt, put: text } : undefined;
  };
}

function isOn(path: RegExp): (one: { readonly path: string }) => boolean {
  return (one) => path.test(one.path);
}

const wrongUnit = instead(
  ({ text, path }) => DURATION.test(text) && !/\/(title|purpose|text)/.test(path),
  (text, random) => {
    const [, n = '1'] = DURATION.exec(text) ?? [];
    return random.pick([
      `${n}d`,
      `P${n}D`,
      `${n}bd`,
      `${n} workdays`,
      n,
      `${n}个工作日`,
      `about ${text}`,
      `-${text}`,
      `${n}.5 days`,
    ]);
  },
);

const percentTooHigh = instead(isOn(/\/success_rate$/), (_text, random) => `${101 + random.under(900)}%`);
const percentWrong = instead(isOn(/\/success_rate$/), (text, random) =>
  random.pick([text.replace('%', ''), `0.${text.replace('%', '')}`, text.replace('%', ' percent'), 'half']),
);

const DATES = /^calendar\/(holidays\/on|make_up_days|valid_through)$/;
const wrongDate = instead(isOn(DATES), (text, random) =>
  random.pick([
    text.replace(/\d\d$/, '32'),
    text.replace(/-\d\d-/, '-13-'),
    text.replaceAll('-', '/'),
    text.replace(/^(\d{4})-(\d\d)-(\d\d)/, '$3.$2.$1'),
    text.replace(/-0?/g, '.'),
    text.replace(/^\d{4}/, '26'),
  ]),
);
const holidayReversed = instead(
  ({ path, text }) => path === 'calendar/holidays/on' && text.includes('..'),
  (text) => text.split('..').reverse().join('..'),
);
const beyondHorizon = instead(isOn(/^calendar\/make_up_days$/), (text) => text.replace(/^\d{4}/, '2031'));
const needlessDay = instead(isOn(/^calendar\/make_up_days$/), () => '2026-03-04');
const wrongHours = instead(isOn(/^calendar\/hours\//), (text, random) =>
  random.pick([
    text.replace(':00', ''),
    text.split('-').reverse().join('-'),
    text.replace('-', ' to '),
    text.replaceAll(':', '.'),
  ]),
);

const MONEY = /^[\d.]+万 CNY$/;
const wrongMoney = instead(
  ({ text, path, file, at }) =>
    MONEY.test(text) && /(applies_when|budget|\/amount)/.test(path) && !isInvalid(file, at.from),
  (text, random) =>
    random.pick([
      text.replace('CNY', 'RMB'),
      text.replace('CNY', 'CYN'),
      text.replace(' CNY', ''),
      text.replace('CNY', 'cny'),
      `¥${text}`,
      text.replace('万', ' wan'),
    ]),
);
const wrongCurrency = instead(isOn(/^mapping\/facts\/\w+\/(currency|to)$/), (_text, random) =>
  random.pick(['US', 'RMB', 'Dollar', 'usd', 'XXQ']),
);
const wrongRate = instead(isOn(/^mapping\/facts\/\w+\/rate$/), (_text, random) =>
  random.pick(['7,1', 'seven', '7.1%', '1:7.1']),
);

const wrongLimit = instead(isOn(/\/(min_length|max_length|min_rows)$/), (_text, random) =>
  random.pick(['two', '-1', '2.5', '2 letters']),
);
const limitsReversed = instead(isOn(/^pipeline\/facts\/quality\/max$/), () => '-1');
const yesNoWrong = instead(isOn(/\/(optional|is_known|unopened)$/), (_text, random) =>
  random.pick(['ja', 'maybe', '是', '1', 'ok']),
);
const idWrong = instead(isOn(/^(pipeline\/stages\/milestones\/milestone|ladder\/rungs\/do\/flag)$/), (text, random) =>
  random.pick([text.toUpperCase(), `${text}!`, '里程碑']),
);

/** A plain word where keys and values, or a list of them, are wanted. */
const wordForMore = valueInstead(
  ({ path, below, items }) => {
    const isFixed = /\/(given|demand|reports_to|dates|owner|questions|when|applies_when|pauses_while)$/.test(path);
    const isList =
      /\/(stages|milestones|evidence|rungs|posts|timeline|holidays|fields|all|any|do|expect|refused)$/.test(path);
    return (isFixed && below.length > 0) || (isList && ((items ?? 0) > 0 || below.length > 0));
  },
  (_site, random) => random.pick(['yes', '3', 'see above']),
);
/** Lists and maps where one word is wanted. */
const moreForWord = valueInstead(
  ({ path, word }) =>
    word !== undefined &&
    /\/(timebox|success_rate|accepted_by|fresh_for|calendar|won_on_leaving|valid_through|pause_budget|zone|over|mode|owner|type|within)$/.test(
      path,
    ),
  ({ word = '' }, random) => random.pick([`[ ${word} ]`, `{ value: ${word} }`]),
);
const nothingWritten = valueInstead(
  ({ path, word, isFlow }) =>
    word !== undefined &&
    !isFlow &&
    /\/(timebox|success_rate|accepted_by|fresh_for|calendar|ladder|won_on_leaving|valid_through|mode|at|over|subject|zone|of|after)$/.test(
      path,
    ),
  (_site, random) => random.pick(['', '~', 'null']),
);
const emptyList = valueInstead(
  ({ path, items }) =>
    (items ?? 0) > 0 &&
    /\/(applies_to|open_at|starts|ends_when|rungs|stages|timeline|expect|refused|all|any|choices|list)$/.test(path) &&
    path !== 'scenarios/list',
  () => '[]',
);

/** Needed keys by the map they stand in; told at the first key that is left of it. */
const NEEDED: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^pipeline$/, ['title', 'subject', 'calendar', 'open_at', 'stages']],
  [/^pipeline\/stages$/, ['title', 'success_rate']],
  [/\/milestones$/, ['title', 'when']],
  [/^gate$/, ['title', 'applies_to', 'at', 'when', 'otherwise']],
  [/^decision$/, ['title', 'applies_to', 'outcomes']],
  [/^decision\/questions$/, ['title', 'answers']],
  [/^ladder$/, ['title', 'starts', 'ends_when', 'rungs']],
  [/^ladder\/rungs$/, ['after']],
  [/\/demand$/, ['of', 'ways']],
  [/^roles\/posts$/, ['title', 'may']],
  [/^calendar$/, ['zone', 'hours', 'valid_through']],
  [/^mapping$/, ['tables', 'id', 'pipeline', 'stage', 'owner', 'dates']],
  [/^mapping\/(owner|stage)$/, ['column']],
  [/^mapping\/dates$/, ['format']],
  [/^scenarios\/list$/, ['given', 'timeline']],
  [/^scenarios\/list\/given$/, ['owner', 'at']],
  [/\/(fields|facts)\/[a-z_]+$/, ['type']],
  [/\/(all|any)$/, ['within']],
];

const keyMissing: Maker = (shipped, random) => {
  const sites = shipped.sites.filter(({ path, key, among, below }) => {
    const parent = path.slice(0, path.lastIndexOf('/'));
    const isNeeded = NEEDED.some(([map, keys]) => map.test(parent) && keys.includes(key));
    return isNeeded && among.length > 1 && among[0]?.key !== key && below.length < 40;
  });
  const site = random.pick(sites);
  if (!site) return undefined;
  const { text } = site.file;
  const first = site.among[0];
  const told = [`${site.file.path}:${lineAt(text, first?.keyAt.from ?? 0)}`];
  if (!site.isFlow) {
    const from = text.lastIndexOf('\n', site.keyAt.from) + 1;
    return { file: site.file, from, to: text.indexOf('\n', site.valueAt.to - 1) + 1, put: '', toldAt: told };
  }
  const before = site.among[site.among.findIndex(({ key }) => key === site.key) - 1];
  return { file: site.file, from: before?.valueAt.to ?? site.keyAt.from, to: site.valueAt.to, put: '', toldAt: told };
};

/** A value behind another key that the same map may have, of another form. */
const WRONG_KEYS: readonly (readonly [RegExp, string])[] = [
  [/^pipeline\/stages\/evidence\/accepted_by$/, 'fresh_for'],
  [/^pipeline\/stages\/timebox$/, 'enter_when'],
  [/^pipeline\/stages\/ladder$/, 'leave_when'],
  [/^pipeline\/won_on_leaving$/, 'close_when'],
  [/\/fields\/[a-z_]+\/min_length$/, 'pattern_'],
  [/^gate\/mode$/, 'evidence'],
  [/^mapping\/re_date$/, 'facts'],
  [/^mapping\/people\/region$/, 'regions'],
  [/\/timeline\/by$/, 'expect'],
  [/^roles\/posts\/over$/, 'manages'],
  [/^ladder\/pause_budget$/, 'budget'],
  [/^mapping\/facts\/\w+\/mark_else$/, 'values'],
];
const wrongKey: Maker = (shipped, random) => {
  const [path, put] = random.pick(WRONG_KEYS) ?? [/$^/, ''];
  const site = random.pick(
    shipped.sites.filter((one) => path.test(one.path) && !one.among.some(({ key }) => key === put)),
  );
  return site && { file: site.file, ...site.keyAt, put };
};

/** An operator of another type, the operand of its own. */
const wrongOperator: Maker = (shipped, random) => {
  const site = random.pick(
    shipped.sites.filter(
      ({ path, key }) =>
        /\/(when|all|any|not|applies_when|pauses_while)\/\w+$/.test(path) &&
        ['is', 'is_known', 'within', 'more_than'].includes(key),
    ),
  );
  if (!site?.among.some(({ key }) => key === 'fact')) return undefined;
  const fact = site.among.find(({ key }) => key === 'fact');
  const name = fact && site.file.text.slice(fact.valueAt.from, fact.valueAt.to);
  const declared = shipped.sites.find(({ path }) => path === `pipeline/facts/${name}/type`)?.word;
  const type = declared ?? REP_FACTS[name ?? '']?.type;
  const put = type === 'number' || type === 'money' ? 'before: 2026-01-01' : 'at_most: 3';
  return { file: site.file, from: site.keyAt.from, to: site.valueAt.to, put };
};
const secondOperator: Maker = (shipped, random) => {
  const site = random.pick(
    shipped.sites.filter(
      ({ path, key, isFlow }) => isFlow && /\/(all|any)\/is_known$/.test(path) && key === 'is_known',
    ),
  );
  return site && { file: site.file, from: site.valueAt.to, to: site.valueAt.to, put: ', is: x' };
};

const rungOutOfOrder: Maker = (shipped, random) => {
  const afters = shipped.words.filter(({ path, text }) => path === 'ladder/rungs/after' && !text.startsWith('0 '));
  const word = random.pick(afters);
  return word && { file: word.file, ...word.at, put: '0 business days' };
};

/** Both languages written, one has Chinese characters and the other none: exchanged. */
const swapped: Maker = (shipped, random) => {
  const site = random.pick(
    shipped.sites.filter(({ key, among, file }) => {
      const [zh, en] = among;
      if (key !== 'zh' || among.length !== 2 || zh?.key !== 'zh' || en?.key !== 'en') return false;
      const texts = [zh, en].map(({ valueAt }) => file.text.slice(valueAt.from, valueAt.to));
      return HAN.test(texts[0] ?? '') && !HAN.test(texts[1] ?? '') && !/['"]/.test(texts.join(''));
    }),
  );
  const [zh, en] = site?.among ?? [];
  if (!site || !zh || !en || site.file.text.slice(zh.keyAt.from, en.valueAt.to).includes('\n')) return undefined;
  const { text } = site.file;
  const put = `zh: ${text.slice(en.valueAt.from, en.valueAt.to)}, en: ${text.slice(zh.valueAt.from, zh.valueAt.to)}`;
  return { file: site.file, from: zh.keyAt.from, to: en.valueAt.to, put };
};
const untranslated: Maker = (shipped, random) => {
  const site = random.pick(
    shipped.sites.filter(({ key, isFlow, among }) => key === 'en' && isFlow && among[0]?.key === 'zh'),
  );
  const zh = site?.among[0];
  return site && zh && { file: site.file, from: zh.valueAt.to, to: site.valueAt.to, put: '' };
};
const textEmpty = valueInstead(
  ({ key, word, isFlow }) => isFlow && (key === 'zh' || key === 'en') && word !== undefined,
  () => "''",
);

const milestoneOnItself: Maker = (shipped, random) => {
  const writtenIn = (site: Shipped['sites'][number]) => site.file.text.slice(site.valueAt.from, site.valueAt.to);
  const site = random.pick(
    shipped.sites
      .filter(({ path, among }) => path === 'pipeline/stages/milestones/when' && among[0]?.key === 'milestone')
      .filter((one) => /^\{.*all: \[/s.test(writtenIn(one))),
  );
  const id = site?.among[0];
  if (!site || !id) return undefined;
  const name = site.file.text.slice(id.valueAt.from, id.valueAt.to);
  const at = site.valueAt.from + writtenIn(site).indexOf('all: [') + 'all: ['.length;
  return { file: site.file, from: at, to: at, put: ` { milestone: ${name} },` };
};
const postOverItself: Maker = (shipped, random) => {
  const site = random.pick(shipped.sites.filter(({ path }) => path === 'roles/posts/manages'));
  const role = site?.among.find(({ key }) => key === 'role');
  return (
    site && role && { file: site.file, ...site.valueAt, put: site.file.text.slice(role.valueAt.from, role.valueAt.to) }
  );
};
const stageUnreachable: Maker = (shipped) => {
  const site = shipped.sites.find(({ path, file }) => path === 'pipeline/open_at' && file.path === 'large-deal.yaml');
  const stages = shipped.words.filter(({ path, file }) => path === 'pipeline/stages/stage' && file === site?.file);
  const [first, second] = stages;
  if (!site || !first || !second) return undefined;
  return {
    file: site.file,
    ...site.valueAt,
    put: `[ ${second.text} ]`,
    toldAt: [`${site.file.path}:${lineAt(site.file.text, first.at.from)}`],
  };
};
const choiceOfScenario = instead(
  ({ path, file, at }) => /\/(with|given\/facts)\/(priority|source)$/.test(path) && !isInvalid(file, at.from),
  (text) => `${text}x`,
);

export const VALUE_MISTAKES: Readonly<Record<string, Maker>> = {
  'a wrong unit': wrongUnit,
  'a percentage above 100': percentTooHigh,
  'a percentage that is none': percentWrong,
  'a wrong date': wrongDate,
  'a holiday that ends before it begins': holidayReversed,
  'a day beyond the calendar': beyondHorizon,
  'a make-up day that is a working day': needlessDay,
  'wrong hours': wrongHours,
  'wrong money': wrongMoney,
  'an unknown currency': wrongCurrency,
  'a wrong rate': wrongRate,
  'a wrong limit': wrongLimit,
  'limits the wrong way round': limitsReversed,
  'neither yes nor no': yesNoWrong,
  'an id that is none': idWrong,
  'a word where more is wanted': wordForMore,
  'more where a word is wanted': moreForWord,
  'nothing behind a key': nothingWritten,
  'an empty list': emptyList,
  'a key missing': keyMissing,
  'a value behind a wrong key': wrongKey,
  'an operator that does not fit': wrongOperator,
  'two operators': secondOperator,
  'a rung out of order': rungOutOfOrder,
  'the languages exchanged': swapped,
  'a translation missing': untranslated,
  'a text empty': textEmpty,
  'a milestone on itself': milestoneOnItself,
  'a post over itself': postOverItself,
  'a stage nobody reaches': stageUnreachable,
  'a choice of a scenario misspelt': choiceOfScenario,
};
