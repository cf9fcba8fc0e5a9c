/** Exports in the manner of well-known CRMs, each with the mapping that ops would write for it. */

import type { ImportFiles } from '../../../store/imports/import-job.ts';
import { encoded, utf16 } from './bytes.ts';
import { amount, type Deal, dated, dealsOf, lines } from './deals.ts';
import { type Cell, workbook } from './workbook.ts';

export interface Export {
  readonly name: string;
  readonly file: string;
  readonly files: ImportFiles;
  readonly mapping: string;
  readonly deals: readonly Deal[];
  /** What the export keeps of the deals. */
  readonly has: { readonly money?: string; readonly history?: boolean; readonly closed?: boolean };
  /** Rows beside the deals, each passed over or bad as the mapping says. */
  readonly beside?: { readonly skipped?: number; readonly bad?: number };
  /** What a person would expect a suggestion to see, as it stands in the playbook. */
  readonly sees: readonly string[];
  /** Words of the file that are no stage of the playbook. */
  readonly asks: readonly string[];
}

type StageWords = readonly (readonly [string, string])[];

const HEAD = 'pipeline: large-deal\ndebt_due: 20 business days\n';

function stagesYaml(words: StageWords, ends = ''): string {
  return `{ ${words.map(([word, id]) => `${JSON.stringify(word)}: ${id}`).join(', ')}${ends} }`;
}

const ENDS = ', Closed Won: { close: won }, Closed Lost: { close: lost, reason: other }';

function endOr(words: StageWords, { end, stage }: Deal, won: string, lost: string): string {
  return end === undefined ? (words[stage]?.[0] ?? '') : end === 'won' ? won : lost;
}

function mailOf({ owner }: Deal): string {
  return owner.email;
}

const ENGLISH: StageWords = [
  ['Prospecting', 'target'],
  ['Qualification', 'potential'],
  ['Needs Analysis', 'interested'],
  ['Value Proposition', 'solution'],
  ['Negotiation/Review', 'negotiation'],
];
/** The playbook's own names, one of them an alias. */
const CHINESE: StageWords = [
  ['目标客户', 'target'],
  ['潜在客户', 'potential'],
  ['意向客户', 'interested'],
  ['立项客户', 'approved'],
  ['解决方案', 'solution'],
  ['商务谈判', 'negotiation'],
];
const MIXED: StageWords = [
  ['Target', 'target'],
  ['Potential', 'potential'],
  ['Demo Scheduled', 'interested'],
  ['Negotiation', 'negotiation'],
];
const GERMAN: StageWords = [
  ['Erstkontakt', 'target'],
  ['Bedarf geklärt', 'interested'],
  ['Angebot', 'solution'],
  ['Verhandlung', 'negotiation'],
];
const RUSSIAN: StageWords = [
  ['Первичный контакт', 'target'],
  ['Переговоры', 'negotiation'],
  ['Согласование', 'solution'],
];
const SPANISH: StageWords = [
  ['Contacto', 'target'],
  ['Propuesta', 'solution'],
  ['Negociación', 'negotiation'],
];

function salesforce(): Export {
  const deals = dealsOf(1, 40, ENGLISH.length);
  const header = [
    'Opportunity ID',
    'Opportunity Name',
    'Stage',
    'Created Date',
    'Close Date',
    'Amount',
    'Opportunity Owner',
    'Account Name',
    'Last Activity',
    'Next Step',
  ];
  const row = (deal: Deal) => [
    `006${deal.number}`,
    `${deal.customer} – rollout`,
    endOr(ENGLISH, deal, 'Closed Won', 'Closed Lost'),
    dated(deal.opened, 'MM/dd/yyyy'),
    dated(deal.closes, 'MM/dd/yyyy'),
    `$${amount(deal.cents, ',', '.')}`,
    deal.owner.name,
    deal.customer,
    dated(deal.entered, 'MM/dd/yyyy'),
    deal.number % 5 === 0 ? 'call back\nask for budget' : '',
  ];
  const rows = deals.map(row);
  // The report repeats its header, and one id comes twice.
  const all = [header, ...rows.slice(0, 20), header, ...rows.slice(20), rows[3] ?? []];
  return {
    name: 'salesforce',
    file: 'report.csv',
    files: { 'report.csv': `\ufeff${lines(all)}` },
    deals,
    has: { money: 'USD', closed: true },
    beside: { skipped: 2 },
    mapping: `mapping: salesforce
tables: { deals: { file: report.csv } }
duplicates: first
id: { column: Opportunity ID }
case_title: [ Opportunity Name ]
${HEAD}stage: { column: Stage, values: ${stagesYaml(ENGLISH, ENDS)} }
owner: { column: Opportunity Owner, person_by: name }
facts: { amount: { column: Amount, currency: USD }, customer: { column: Account Name } }
dates: { opened: Created Date, closed: Close Date, last_activity: Last Activity, format: MM/dd/yyyy }
`,
    sees: [
      'id: { column: Opportunity ID }',
      'column: Stage',
      'owner: { column: Opportunity Owner',
      'column: Amount',
      'opened: Created Date',
      'closed: Close Date',
      'last_activity: Last Activity',
      'customer: { column: Account Name',
      'format: M/d/yyyy',
      'Closed Won: { close: won }',
    ],
    asks: ENGLISH.map(([word]) => word)
      .filter((word) => word !== 'Prospecting')
      .concat('Prospecting'),
  };
}

function hubspot(): Export {
  const deals = dealsOf(2, 40, MIXED.length);
  const header = [
    'Record ID',
    'Deal Name',
    'Deal Stage',
    'Pipeline',
    'Amount',
    'Create Date',
    'Close Date',
    'Deal owner',
    'Associated Company',
    'Date entered "Potential"',
    'Date entered "Negotiation"',
  ];
  const entered = (deal: Deal, stage: number) =>
    deal.stage === stage && deal.end === undefined ? `${deal.entered}T08:30:00Z` : '';
  const row = (deal: Deal) => [
    90_000 + deal.number,
    `Deal ${deal.number}`,
    endOr(MIXED, deal, 'Closed Won', 'Closed Lost'),
    'Sales Pipeline',
    (deal.cents / 100).toFixed(2),
    `${deal.opened}T09:15:00.000Z`,
    `${deal.closes} 17:00`,
    mailOf(deal),
    deal.customer,
    entered(deal, 1),
    entered(deal, 3),
  ];
  const renewal = ['1', 'Renewal', 'Renewal due', 'Renewals', '1', '2025-02-01', '', 'bo@example.com', 'X', '', ''];
  return {
    name: 'hubspot',
    file: 'hubspot.csv',
    files: { 'hubspot.csv': lines([header, ...deals.map(row), renewal]) },
    deals,
    has: { money: 'EUR', history: true, closed: true },
    beside: { skipped: 1 },
    mapping: `mapping: hubspot
tables: { deals: { file: hubspot.csv } }
id: { column: Record ID }
pipeline: { column: Pipeline, values: { Sales Pipeline: large-deal, Renewals: skip } }
stage: { column: Deal Stage, values: ${stagesYaml(MIXED, ENDS)} }
history: { columns: { 'Date entered "Potential"': potential, 'Date entered "Negotiation"': negotiation } }
owner: { column: Deal owner, person_by: email }
facts: { amount: { column: Amount, currency: EUR } }
dates: { opened: Create Date, closed: Close Date, format: iso, zone: UTC }
`,
    sees: [
      'id: { column: Record ID }',
      'column: Deal Stage',
      'person_by: email',
      'Target: target',
      'Potential: potential',
      'Negotiation: negotiation',
      'format: iso',
      ': potential',
      '": negotiation',
    ],
    asks: ['Demo Scheduled', 'Renewal due'],
  };
}

function pipedrive(): Export {
  const deals = dealsOf(3, 30, MIXED.length);
  const header = [
    'Deal - ID',
    'Deal - Title',
    'Deal - Stage',
    'Deal - Status',
    'Deal - Value',
    'Deal - Currency',
    'Deal - Owner',
    'Deal - Deal created',
    'Deal - Won time',
    'Deal - Lost reason',
    'Deal - Organization',
  ];
  const row = (deal: Deal) => [
    deal.number,
    `${deal.customer} deal`,
    MIXED[deal.stage]?.[0] ?? '',
    deal.end === undefined ? 'Open' : deal.end === 'won' ? 'Won' : 'Lost',
    amount(deal.cents, ',', '.'),
    'EUR',
    deal.owner.name,
    `${deal.opened} 10:00:00`,
    deal.end === undefined ? '' : `${deal.closes} 10:00:00`,
    deal.end === 'lost' ? 'Price' : '',
    deal.customer,
  ];
  return {
    name: 'pipedrive',
    file: 'deals.csv',
    files: { 'deals.csv': lines([header, ...deals.map(row)]) },
    deals,
    has: { money: 'EUR', closed: true },
    mapping: `mapping: pipedrive
tables: { deals: { file: deals.csv } }
id: { column: Deal - ID }
case_title: [ Deal - Title ]
${HEAD}stage: { column: Deal - Stage, values: ${stagesYaml(MIXED)} }
status:
  column: Deal - Status
  values:
    open: open
    won: { close: won }
    lost: { close: lost, reason: { column: Deal - Lost reason, values: { price: price }, default: other } }
owner: { column: Deal - Owner, person_by: name }
facts: { amount: { column: Deal - Value, currency: { column: Deal - Currency, values: {} } } }
dates: { opened: Deal - Deal created, closed: Deal - Won time, format: yyyy-MM-dd HH:mm:ss }
`,
    sees: [
      'id: { column: Deal - ID }',
      'column: Deal - Stage',
      'column: Deal - Status',
      'Open: open',
      'Won: { close: won }',
      'currency: { column: Deal - Currency',
      'opened: Deal - Deal created',
      'Price: price',
    ],
    asks: ['Demo Scheduled'],
  };
}

function dynamics(): Export {
  const deals = dealsOf(4, 30, MIXED.length);
  const title: Cell[] = ['Open opportunities', null, null, null, null, null, null, null];
  const header: Cell[] = [
    '(Do Not Modify) Opportunity',
    'Topic',
    'Pipeline Phase',
    'Est. Revenue',
    'Created On',
    'Est. Close Date',
    'Owner',
    'Probability',
  ];
  const row = (deal: Deal): Cell[] => [
    `OPP-${deal.number}`,
    `Topic ${deal.number}`,
    endOr(MIXED, deal, 'Closed Won', 'Closed Lost'),
    deal.number % 3 === 0 ? { formula: 'A1*2', value: deal.cents / 100 } : deal.cents / 100,
    { day: deal.opened },
    { day: deal.closes },
    deal.owner.name,
    { percent: deal.chance / 100 },
  ];
  const sheets = [
    { name: 'Notes', rows: [['nothing here']] },
    { name: 'Opportunities', rows: [title, [], header, ...deals.map(row)] },
  ];
  return {
    name: 'dynamics',
    file: 'opportunities.xlsx',
    files: { 'opportunities.xlsx': workbook(sheets) },
    deals,
    has: { money: 'USD', closed: true },
    mapping: `mapping: dynamics
tables: { deals: { file: opportunities.xlsx, sheet: Opportunities, header_line: 3 } }
id: { column: (Do Not Modify) Opportunity }
case_title: Topic
${HEAD}stage: { column: Pipeline Phase, values: ${stagesYaml(MIXED, ENDS)} }
owner: { column: Owner, person_by: name }
facts: { amount: { column: Est. Revenue, currency: USD } }
dates: { opened: Created On, closed: Est. Close Date, format: iso }
`,
    sees: [
      'sheet: Opportunities',
      'header_line: 3',
      'column: Pipeline Phase',
      'column: Est. Revenue',
      'opened: Created On',
      'format: iso',
    ],
    asks: ['Demo Scheduled'],
  };
}

function zoho(): Export {
  const deals = dealsOf(5, 30, ENGLISH.length);
  const header = [
    'Record Id',
    'Deal Name',
    'Stage',
    'Amount',
    'Created Time',
    'Closing Date',
    'Deal Owner',
    'Lead Source',
  ];
  const row = (deal: Deal) => [
    `zcrm_${deal.number}`,
    `Z ${deal.number}`,
    endOr(ENGLISH, deal, 'Closed Won', 'Closed Lost').toUpperCase(),
    `USD ${amount(deal.cents, ',', '.')}`,
    `${Number(deal.opened.slice(8))} ${MONTHS[Number(deal.opened.slice(5, 7)) - 1]}, ${deal.opened.slice(0, 4)} 00:02:00`,
    `${Number(deal.closes.slice(8))} ${MONTHS[Number(deal.closes.slice(5, 7)) - 1]}, ${deal.closes.slice(0, 4)} 00:00:00`,
    deal.owner.name,
    '-None-',
  ];
  return {
    name: 'zoho',
    file: 'Deals.csv',
    files: { 'Deals.csv': lines([header, ...deals.map(row)]) },
    deals,
    has: { money: 'USD', closed: true },
    mapping: `mapping: zoho
tables: { deals: { file: Deals.csv } }
blank: [ -None- ]
id: { column: Record Id }
${HEAD}stage: { column: Stage, values: ${stagesYaml(ENGLISH, ENDS)} }
owner: { column: Deal Owner, person_by: name }
facts: { amount: { column: Amount, currency: USD }, source: { column: Lead Source, default: crm } }
dates: { opened: Created Time, closed: Closing Date, format: "d MMM, yyyy HH:mm:ss" }
`,
    sees: ['blank: [ "-None-" ]', 'format: "d MMM, yyyy H:mm:ss"', 'currency: USD', 'CLOSED WON: { close: won }'],
    asks: ['PROSPECTING'],
  };
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function fxiaoke(): Export {
  const deals = dealsOf(6, 40, CHINESE.length);
  const header = [
    '商机编号',
    '商机名称',
    '销售阶段',
    '预计金额（万元）',
    '创建时间',
    '预计成交日期',
    '负责人',
    '客户名称',
    '等客户内部流程',
  ];
  const row = (deal: Deal) => [
    `SJ${deal.number}`,
    `商机 ${deal.number}`,
    endOr(CHINESE, deal, '赢单', '输单'),
    (deal.cents / 1_000_000).toFixed(6),
    dated(deal.opened, 'yyyy年MM月dd日'),
    dated(deal.closes, 'yyyy年MM月dd日'),
    deal.owner.name,
    '上海宏图软件',
    { yes: '是', no: '否', '': '请选择' }[deal.waiting],
  ];
  return {
    name: 'fxiaoke',
    file: '商机.csv',
    files: { '商机.csv': encoded(lines([header, ...deals.map(row)]), 'gbk') },
    deals,
    has: { money: 'CNY', closed: true },
    mapping: `mapping: fxiaoke
tables: { deals: { file: 商机.csv, encoding: gbk } }
blank: [ 请选择 ]
id: { column: 商机编号 }
case_title: [ 商机名称 ]
${HEAD}stage: { column: 销售阶段, values: ${stagesYaml(CHINESE, ', 赢单: { close: won }, 输单: { close: lost, reason: other }')} }
owner: { column: 负责人, person_by: name }
facts:
  amount: { column: 预计金额（万元）, currency: CNY, times: 10000 }
  customer: { column: 客户名称 }
  waiting_for_customer: { column: 等客户内部流程 }
dates: { opened: 创建时间, closed: 预计成交日期, format: yyyy年MM月dd日, zone: Asia/Shanghai }
`,
    sees: [
      'encoding: gbk',
      'column: 商机编号',
      '目标客户: target',
      '商务谈判: negotiation',
      '赢单: { close: won }',
      'times: 10000',
      'currency: CNY',
      'format: yyyy年M月d日',
      'blank: [ 请选择 ]',
      'waiting_for_customer',
      '是: yes',
    ],
    asks: [],
  };
}

function neocrm(): Export {
  const deals = dealsOf(7, 30, CHINESE.length);
  const header = ['商机ID', '商机名称', '销售阶段', '销售金额', '创建日期', '结单日期', '负责人'];
  const row = (deal: Deal) => [
    `X-${deal.number}`,
    `项目${deal.number}`,
    endOr(CHINESE, deal, '赢单', '输单'),
    `¥${amount(deal.cents, ',', '.')}`,
    deal.opened.replaceAll('-', '/'),
    deal.closes.replaceAll('-', '/'),
    deal.owner.name,
  ];
  return {
    name: 'neocrm',
    file: 'neocrm.txt',
    files: { 'neocrm.txt': utf16(lines([header, ...deals.map(row)], '\t')) },
    deals,
    has: { money: 'CNY', closed: true },
    mapping: `mapping: neocrm
tables: { deals: { file: neocrm.txt, encoding: utf-16, delimiter: tab } }
id: { column: 商机ID }
${HEAD}stage: { column: 销售阶段, values: ${stagesYaml(CHINESE, ', 赢单: { close: won }, 输单: { close: lost, reason: other }')} }
owner: { column: 负责人, person_by: name }
facts: { amount: { column: 销售金额, currency: CNY } }
dates: { opened: 创建日期, closed: 结单日期, format: yyyy/MM/dd }
`,
    sees: ['id: { column: 商机ID }', '立项客户: approved', 'format: yyyy/M/d', 'owner: { column: 负责人'],
    asks: [],
  };
}

function german(): Export {
  const deals = dealsOf(8, 30, GERMAN.length);
  const header = [
    'Vorgangsnummer',
    'Bezeichnung',
    'Verkaufsphase',
    'Betrag',
    'Erstellt am',
    'Abschlussdatum',
    'Verantwortlich',
    'Rabatt',
  ];
  const row = (deal: Deal) => [
    `V${deal.number}`,
    `Müller & Söhne ${deal.number}`,
    endOr(GERMAN, deal, 'Gewonnen', 'Verloren'),
    `${amount(deal.cents, '.', ',')} €`,
    dated(deal.opened, 'dd.MM.yyyy'),
    dated(deal.closes, 'dd.MM.yyyy'),
    mailOf(deal),
    `${deal.chance},5 %`,
  ];
  return {
    name: 'german',
    file: 'verkauf.csv',
    files: { 'verkauf.csv': encoded(lines([header, ...deals.map(row)], ';'), 'windows-1252') },
    deals,
    has: { money: 'EUR', closed: true },
    mapping: `mapping: german
tables: { deals: { file: verkauf.csv, encoding: windows-1252, delimiter: semicolon } }
numbers: "1.234,56"
id: { column: Vorgangsnummer }
case_title: [ Bezeichnung ]
${HEAD}stage: { column: Verkaufsphase, values: ${stagesYaml(GERMAN, ', Gewonnen: { close: won }, Verloren: { close: lost, reason: other }')} }
owner: { column: Verantwortlich, person_by: email }
facts: { amount: { column: Betrag, currency: EUR } }
dates: { opened: Erstellt am, closed: Abschlussdatum, format: dd.MM.yyyy, zone: Europe/Berlin }
`,
    sees: [
      'encoding: windows-1252',
      'numbers: "1.234,56"',
      'column: Verkaufsphase',
      'Gewonnen: { close: won }',
      'currency: EUR',
      'format: d.M.yyyy',
      'person_by: email',
    ],
    asks: ['Erstkontakt', 'Bedarf geklärt', 'Angebot', 'Verhandlung'],
  };
}

function russian(): Export {
  const deals = dealsOf(9, 20, RUSSIAN.length);
  const header = ['ID сделки', 'Название сделки', 'Этап', 'Сумма', 'Дата создания', 'Дата закрытия', 'Ответственный'];
  const row = (deal: Deal) => [
    deal.number,
    `Сделка ${deal.number}`,
    endOr(RUSSIAN, deal, 'Успешно реализовано', 'Закрыто и не реализовано'),
    `${amount(deal.cents, ' ', ',')} руб.`,
    dated(deal.opened, 'dd.MM.yyyy'),
    dated(deal.closes, 'dd.MM.yyyy'),
    mailOf(deal),
  ];
  return {
    name: 'russian',
    file: 'amo.csv',
    files: { 'amo.csv': encoded(lines([header, ...deals.map(row)], ';'), 'windows-1251') },
    deals,
    has: { money: 'RUB', closed: true },
    mapping: `mapping: russian
tables: { deals: { file: amo.csv, encoding: windows-1251 } }
numbers: "1 234,56"
id: { column: ID сделки }
${HEAD}stage: { column: Этап, values: ${stagesYaml(RUSSIAN, ', Успешно реализовано: { close: won }, Закрыто и не реализовано: { close: lost, reason: other }')} }
owner: { column: Ответственный, person_by: email }
facts: { amount: { column: Сумма, currency: RUB } }
dates: { opened: Дата создания, closed: Дата закрытия, format: dd.MM.yyyy }
`,
    sees: [
      'encoding: windows-1251',
      'numbers: "1 234,56"',
      'column: Этап',
      'currency: RUB',
      'Успешно реализовано: { close: won }',
    ],
    asks: ['Переговоры'],
  };
}

function spanish(): Export {
  const deals = dealsOf(10, 20, SPANISH.length);
  const header = ['Id', 'Nombre', 'Etapa', 'Importe', 'Fecha de creación', 'Fecha de cierre', 'Propietario'];
  const row = (deal: Deal) => [
    `E${deal.number}`,
    `Oportunidad ${deal.number}`,
    endOr(SPANISH, deal, 'Ganada', 'Perdida'),
    `(${amount(deal.cents, '.', ',')})`,
    dated(deal.opened, 'MM-dd-yyyy'),
    dated(deal.closes, 'MM-dd-yyyy'),
    mailOf(deal),
  ];
  return {
    name: 'spanish',
    file: 'oportunidades.csv',
    files: { 'oportunidades.csv': `sep=|\r\n${lines([header, ...deals.map(row)], '|')}` },
    deals,
    has: { closed: true },
    mapping: `mapping: spanish
tables: { deals: { file: oportunidades.csv } }
numbers: "1.234,56"
id: { column: Id }
${HEAD}stage: { column: Etapa, values: ${stagesYaml(SPANISH, ', Ganada: { close: won }, Perdida: { close: lost, reason: other }')} }
owner: { column: Propietario, person_by: email }
facts: { amount: { column: Importe, currency: EUR } }
dates: { opened: Fecha de creación, closed: Fecha de cierre, format: MM-dd-yyyy }
`,
    sees: ['column: Etapa', 'Ganada: { close: won }', 'format: M-d-yyyy', 'currency: "?"'],
    asks: ['Propuesta'],
  };
}

/** Old style: days as a spreadsheet counts them, amounts in cells of text, a second file with each change of stage. */
function withHistoryFile(): Export {
  const deals = dealsOf(11, 30, MIXED.length);
  const serial = (iso: string) => String((Date.parse(iso) - Date.parse('1899-12-30')) / 86_400_000);
  const header = ['Number', 'Deal Name', 'Stage', 'Amount', 'Created', 'Closed Date', 'Owner'];
  const row = (deal: Deal) => [
    `N${deal.number}`,
    `Deal ${deal.number}`,
    endOr(MIXED, deal, 'Closed Won', 'Closed Lost'),
    amount(deal.cents, ',', '.'),
    serial(deal.opened),
    serial(deal.closes),
    deal.owner.name,
  ];
  const steps = deals.flatMap((deal) => [
    [`N${deal.number}`, 'Target', serial(deal.opened)],
    [`N${deal.number}`, MIXED[deal.stage]?.[0] ?? '', serial(deal.entered)],
  ]);
  return {
    name: 'history-file',
    file: 'deals.csv',
    deals,
    has: { money: 'CNY', history: true, closed: true },
    files: {
      'deals.csv': lines([header, ...deals.map(row)]),
      'stages.csv': lines([['Deal', 'New Stage', 'Changed On'], ...steps]),
    },
    mapping: `mapping: history-file
tables: { deals: { file: deals.csv }, changes: { file: stages.csv } }
id: { column: Number }
${HEAD}stage: { column: Stage, values: ${stagesYaml(MIXED, ENDS)} }
history: { table: changes, key: Deal, stage: New Stage, on: Changed On }
owner: { column: Owner, person_by: name }
facts: { amount: { column: Amount, currency: CNY } }
dates: { opened: Created, closed: Closed Date, format: excel }
`,
    sees: ['id: { column: Number }', 'format: excel', 'Target: target'],
    asks: ['Demo Scheduled'],
  };
}

function leads(): Export {
  const deals = dealsOf(12, 40, 3).map(({ end: _end, ...deal }) => deal);
  const words: StageWords = [
    ['Select', ''],
    ['Interested', 'interested'],
    ['Potential', 'potential'],
  ];
  const header = [
    'Lead ID',
    'Lead Name',
    'Lead Stage',
    'Created Date',
    'Lead Owner',
    "Waiting for the customer's own process",
    'Lead Source',
    'Lead Score',
  ];
  const row = (deal: Deal) => [
    `L${deal.number}`,
    `Lead\n${deal.number}`,
    words[deal.stage]?.[0] ?? '',
    dated(deal.opened, 'dd/MM/yyyy'),
    deal.number % 4 === 0 ? 'Gone Away' : deal.owner.name,
    { yes: 'Yes', no: 'No', '': 'Select' }[deal.waiting],
    'Referral',
    String(deal.chance),
  ];
  return {
    name: 'leads',
    file: 'leads.csv',
    files: { 'leads.csv': lines([header, ...deals.map(row)]) },
    deals,
    has: {},
    beside: {},
    mapping: `mapping: leads
tables: { deals: { file: leads.csv } }
blank: [ Select ]
id: { column: Lead ID }
${HEAD}stage: { column: Lead Stage, values: { Interested: interested, Potential: potential } }
owner: { column: Lead Owner, person_by: name, unknown: ann }
facts: { waiting_for_customer: { column: Waiting for the customer's own process }, quality: { column: Lead Score }, source: { column: Lead Source, values: { Referral: referral } } }
dates: { opened: Created Date, format: dd/MM/yyyy }
`,
    sees: [
      'id: { column: Lead ID }',
      'blank: [ Select ]',
      'Interested: interested',
      'format: d/M/yyyy',
      'quality: { column: Lead Score',
    ],
    asks: [],
  };
}

export const CORPUS: readonly Export[] = [
  salesforce(),
  hubspot(),
  pipedrive(),
  dynamics(),
  zoho(),
  fxiaoke(),
  neocrm(),
  german(),
  russian(),
  spanish(),
  withHistoryFile(),
  leads(),
];
