/** Deals as they might stand in any CRM; each export writes the same ones in its own manner. */

import { pick, seeded } from '../../seeded.ts';

export interface Deal {
  readonly number: number;
  readonly customer: string;
  /** Index into a CRM's list of stages; closed deals have an end beside it. */
  readonly stage: number;
  readonly end?: 'won' | 'lost';
  /** Whole units and cents. */
  readonly cents: number;
  /** `yyyy-MM-dd`: opened, then entered its stage, then closed or expected to. */
  readonly opened: string;
  readonly entered: string;
  readonly closes: string;
  readonly owner: Owner;
  readonly waiting: 'yes' | 'no' | '';
  readonly chance: number;
}

export interface Owner {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

export const OWNERS: readonly Owner[] = [
  { id: 'ann', name: 'Ann Lee', email: 'ann.lee@example.com' },
  { id: 'bo', name: 'Bo Svensson', email: 'bo@example.com' },
  { id: 'zhang-wei', name: '张伟', email: 'zhang.wei@example.com' },
];

const CUSTOMERS = [
  'Müller GmbH',
  '上海宏图软件',
  'Acme, Inc.',
  'Ромашка',
  'Peña y Hijos',
  'Dupont "Frères"',
  'Initech',
];

const FIRST_DAY = Date.parse('2025-01-06');
const DAY_MS = 86_400_000;

function day(offset: number): string {
  return new Date(FIRST_DAY + offset * DAY_MS).toISOString().slice(0, 10);
}

/** All of them lie well in the past of the tests' now. @param stages how many the CRM has */
export function dealsOf(seed: number, count: number, stages: number): readonly Deal[] {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, index) => {
    const opened = Math.floor(random() * 300);
    const entered = opened + Math.floor(random() * 60);
    const end = random() < 0.4 ? (random() < 0.5 ? ('won' as const) : ('lost' as const)) : undefined;
    return {
      number: index + 1,
      customer: pick(random, CUSTOMERS),
      stage: Math.floor(random() * stages),
      ...(end !== undefined && { end }),
      cents: Math.floor(random() * 9_000_000) + 100_000,
      opened: day(opened),
      entered: day(entered),
      closes: day(entered + 5 + Math.floor(random() * 60)),
      owner: pick(random, OWNERS),
      waiting: pick(random, ['yes', 'no', ''] as const),
      chance: Math.floor(random() * 100),
    };
  });
}

/** `2025-03-04` written as `MM/dd/yyyy` and the like: `dd`, `MM`, `yyyy` stand for its parts. */
export function dated(iso: string, form: string): string {
  const [year = '', month = '', date = ''] = iso.split('-');
  return form.replace('yyyy', year).replace('MM', month).replace('dd', date);
}

/** `12345.67` with these marks. */
export function amount(cents: number, thousands: string, decimals: string): string {
  const whole = Math.floor(cents / 100)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, thousands);
  return `${whole}${decimals}${String(cents % 100).padStart(2, '0')}`;
}

/** One line of CSV. */
export function csv(cells: readonly (string | number)[], delimiter = ','): string {
  return cells
    .map(String)
    .map((cell) => (/["\n\r]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell))
    .join(delimiter);
}

export function lines(rows: readonly (readonly (string | number)[])[], delimiter?: string): string {
  return `${rows.map((row) => csv(row, delimiter)).join('\r\n')}\r\n`;
}
