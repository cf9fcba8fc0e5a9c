/** Reads a table of people, with whatever words its columns have, into what each row says of somebody. */

import { shown } from '../form/problems.ts';
import type { Text } from '../playbook/text.ts';

/** What one row says; a column that is not there says nothing, an empty cell takes the value away. */
export interface RosterRow {
  readonly line: number;
  readonly person?: string;
  readonly name?: string;
  readonly role?: string;
  /** An id, a name or a mail address. */
  readonly manager?: string | null;
  readonly region?: string | null;
  readonly email?: string | null;
  readonly lang?: 'zh' | 'en';
  readonly active?: boolean;
}

export interface RosterProblem {
  readonly line: number;
  /** The column as the file calls it; absent: the row or the file as a whole. */
  readonly column?: string;
  readonly message: Text;
}

export interface Roster {
  readonly rows: readonly RosterRow[];
  readonly problems: readonly RosterProblem[];
  /** Columns that say nothing about people as Playrail knows them. */
  readonly ignored: readonly string[];
}

/** A table as it was read: the header, and rows by line. */
export interface RosterTable {
  readonly columns: readonly string[];
  readonly rows: readonly { readonly line: number; readonly cells: readonly string[]; readonly misfit?: Text }[];
}

const MEMBERS = ['person', 'name', 'role', 'manager', 'region', 'email', 'lang', 'active'] as const;
type Member = (typeof MEMBERS)[number];

/** Words that files use for them, folded. */
const WORDS: Readonly<Record<Member, readonly string[]>> = {
  person: [
    'person',
    'id',
    'personid',
    'userid',
    'username',
    'login',
    'employeeid',
    'employeeno',
    '编号',
    '工号',
    '账号',
    '用户名',
  ],
  name: ['name', 'fullname', 'displayname', 'employee', 'salesagent', '姓名', '名字', '员工', '销售'],
  role: ['role', 'post', 'position', 'jobtitle', 'title', '岗位', '职位', '角色', '职务'],
  manager: [
    'manager',
    'reportsto',
    'supervisor',
    'leader',
    'managername',
    'managerid',
    '上级',
    '主管',
    '经理',
    '汇报给',
    '直属上级',
    '汇报对象',
  ],
  region: ['region', 'regionaloffice', 'office', 'territory', '地区', '区域', '大区', '办事处'],
  email: ['email', 'mail', 'emailaddress', 'mailaddress', '邮箱', '邮件', '电子邮箱', '电子邮件', '邮件地址'],
  lang: ['lang', 'language', 'speaks', 'locale', '语言'],
  active: ['active', 'enabled', 'isactive', 'status', '在职', '状态', '是否在职', '启用'],
};

const YES = ['yes', 'y', 'true', '1', 'active', 'enabled', '是', '在职', '有效', '启用'];
const NO = [
  'no',
  'n',
  'false',
  '0',
  'inactive',
  'left',
  'disabled',
  'terminated',
  '否',
  '离职',
  '已离职',
  '无效',
  '停用',
];
const LANGUAGES: Readonly<Record<'zh' | 'en', readonly string[]>> = {
  zh: ['zh', 'zhcn', 'chinese', '中文', '汉语', '简体中文'],
  en: ['en', 'enus', 'engb', 'english', '英文', '英语'],
};

/** Problems of cells leave their rows out; of the header, all of them. */
export function readRoster({ columns, rows }: RosterTable): Roster {
  const problems: RosterProblem[] = [];
  const places = new Map<Member, number>();
  const ignored: string[] = [];
  for (const [index, column] of columns.entries()) {
    const member = MEMBERS.find((one) => WORDS[one].includes(folded(column)));
    const first = member === undefined ? undefined : places.get(member);
    if (member === undefined) ignored.push(column);
    else if (first === undefined) places.set(member, index);
    else problems.push(twice(column, columns[first] ?? ''));
  }
  if (!places.has('name') && !places.has('person')) problems.push(noNames(columns));
  if (problems.length > 0) return { rows: [], problems, ignored };
  const read = rows.map((row) => readRow(row, columns, places, problems));
  return { rows: read.filter((row) => row !== undefined), problems, ignored };
}

function readRow(
  { line, cells, misfit }: RosterTable['rows'][number],
  columns: readonly string[],
  places: ReadonlyMap<Member, number>,
  problems: RosterProblem[],
): RosterRow | undefined {
  if (misfit !== undefined) {
    problems.push({ line, message: misfit });
    return undefined;
  }
  const before = problems.length;
  const cell = (member: Member): string | undefined => {
    const place = places.get(member);
    return place === undefined ? undefined : (cells[place] ?? '').trim();
  };
  const complain = (member: Member, message: Text): undefined => {
    const column = columns[places.get(member) ?? -1];
    problems.push({ line, ...(column !== undefined && { column }), message });
  };
  const filled = (member: Member): string | undefined => cell(member) || undefined;
  const removable = (member: Member): string | null | undefined => {
    const text = cell(member);
    return text === '' ? null : text;
  };
  const active = readActive(filled('active'), (message) => complain('active', message));
  const lang = readLanguage(filled('lang'), (message) => complain('lang', message));
  const [person, name, role] = [filled('person'), filled('name'), filled('role')];
  if (person === undefined && name === undefined) complain('name', { zh: '没有姓名', en: 'there is no name' });
  if (problems.length > before) return undefined;
  const [manager, region, email] = [removable('manager'), removable('region'), removable('email')];
  return {
    line,
    ...(person !== undefined && { person }),
    ...(name !== undefined && { name }),
    ...(role !== undefined && { role }),
    ...(manager !== undefined && { manager }),
    ...(region !== undefined && { region }),
    ...(email !== undefined && { email }),
    ...(lang !== undefined && { lang }),
    ...(active !== undefined && { active }),
  };
}

type Complain = (message: Text) => undefined;

function readActive(text: string | undefined, complain: Complain): boolean | undefined {
  if (text === undefined) return undefined;
  if (YES.includes(folded(text))) return true;
  if (NO.includes(folded(text))) return false;
  return complain({
    zh: `${shown(text)} 不是是或否；请写 yes 或 no`,
    en: `${shown(text)} is neither yes nor no: write one of them`,
  });
}

function readLanguage(text: string | undefined, complain: Complain): 'zh' | 'en' | undefined {
  if (text === undefined) return undefined;
  if (LANGUAGES.zh.includes(folded(text))) return 'zh';
  if (LANGUAGES.en.includes(folded(text))) return 'en';
  return complain({ zh: `${shown(text)} 不是 zh 或 en`, en: `${shown(text)} is neither \`zh\` nor \`en\`` });
}

/** `Reports To`, `reports_to` and `REPORTS-TO` are one word. */
function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-./()]+/gu, '');
}

function twice(column: string, first: string): RosterProblem {
  return {
    line: 1,
    column,
    message: {
      zh: `${shown(column)} 与 ${shown(first)} 说的是同一件事，请删去一列`,
      en: `${shown(column)} means the same as ${shown(first)}: take one of them away`,
    },
  };
}

function noNames(columns: readonly string[]): RosterProblem {
  const found = columns.map((column) => shown(column)).join(', ');
  return {
    line: 1,
    message: {
      zh: `没有姓名或编号的列（有 ${found}）；请把列名写作 name 或 姓名`,
      en: `no column holds names or ids (there are ${found}): call one of them name`,
    },
  };
}
