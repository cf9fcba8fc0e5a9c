/** `playrail differences`: where the CRM and Playrail say different things, as a table or as CSV to put the CRM right by. */

import type { Command } from 'commander';
import type { DifferenceView } from '../../api/views/import-view.ts';
import { asClientCommand, clientContext } from '../client-command.ts';
import { sayIn, terminalLang } from '../lang.ts';
import { tableLines } from '../table.ts';

const EXAMPLE = `playrail differences crm-sample
playrail differences crm-sample --csv > set-back.csv`;

export function registerDifferences(program: Command): void {
  const say = sayIn(terminalLang());
  asClientCommand(program.command('differences'), EXAMPLE)
    .description(say('CRM 与本系统说法不同的案件', 'cases of which the CRM says something else'))
    .argument('<mapping>', say('映射剧本', 'the mapping playbook'))
    .option('--csv', say('输出 CSV，供改回 CRM', 'print CSV, to set the CRM back by'))
    .action(async (mapping: string, options: { readonly csv?: boolean }, command: Command) => {
      const { api, json, print, printJson, room, say: words } = clientContext(command);
      const items: Difference[] = [];
      let after: string | undefined;
      do {
        const query = after === undefined ? '' : `?after=${encodeURIComponent(after)}`;
        const page = await api.get<DifferenceView>(`/v1/mappings/${encodeURIComponent(mapping)}/differences${query}`);
        items.push(...page.items);
        after = page.next;
      } while (after !== undefined);
      if (json) return printJson(items);
      if (options.csv === true) return print(...csvLines(items));
      if (items.length === 0) return print(words('CRM 与这里说法一致', 'the CRM says the same of every case'));
      const columns = [
        { head: words('CRM 编号', 'CRM ID'), cell: (one: Difference) => one.external_id },
        { head: words('案件', 'CASE'), cell: (one: Difference) => one.case },
        { head: words('名称', 'TITLE'), cell: (one: Difference) => one.title, shrinks: true },
        { head: words('CRM 里', 'CRM SAYS'), cell: crmSays },
        { head: words('这里', 'HERE'), cell: standsHere },
        { head: words('负责人', 'OWNER'), cell: (one: Difference) => one.owner },
        { head: '', cell: (one: Difference) => (one.held ? words('待决定', 'held') : '') },
      ];
      print(...tableLines(columns, items, room));
    });
}

type Difference = DifferenceView['items'][number];

function crmSays({ crm }: Difference): string {
  return crm.closed?.as ?? crm.stage ?? '';
}

function standsHere({ status, stage }: Difference): string {
  return status === 'open' ? stage : status;
}

function csvLines(items: readonly Difference[]): readonly string[] {
  const rows = items.map((one) => [
    one.external_id,
    one.case,
    crmSays(one),
    standsHere(one),
    one.owner,
    String(one.held),
  ]);
  return [HEADER, ...rows].map((cells) => cells.map(csvCell).join(','));
}

const HEADER = ['crm_id', 'case', 'crm_says', 'set_to', 'owner', 'held'];

/** What a spreadsheet would take for a formula is kept a text. */
function csvCell(cell: string): string {
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
