/** `/v1/imports`: the rows of a CRM export become cases; `/v1/mappings`: how they may. */

import { z } from 'zod';
import type { Mapping } from '../../engine/playbook/mapping.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import { crmDifferences } from '../../store/imports/crm-differences.ts';
import { findImport, type ImportFiles, type ImportJob } from '../../store/imports/import-job.ts';
import { rehearseImport } from '../../store/imports/rehearse-import.ts';
import { beginImport, readExportFiles } from '../begin-import.ts';
import type { Caller } from '../caller.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problem.ts';
import { publishedSet } from '../published-set.ts';
import { route } from '../route.ts';
import {
  type DifferenceView,
  differencesShape,
  type ImportView,
  importShape,
  type MappingView,
  mappingShape,
} from '../views/import-view.ts';
import { idOf } from '../wire/query.ts';

/** The files of an export: 100,000 rows are about 10 MB. */
const BODY_LIMIT = 64 * 1024 * 1024;

const importBody = z.strictObject({
  mapping: z.string().min(1).max(200),
  /** File name → its text, or its bytes. What no row may hold is told of its row. */
  files: z.record(z.string().min(1).max(200), z.union([z.string(), z.strictObject({ base64: z.base64() })])),
  dry_run: z.boolean().default(false),
});

function filesOf(sent: z.infer<typeof importBody>['files']): ImportFiles {
  const files = Object.entries(sent).map(([name, file]) => {
    return [name, typeof file === 'string' ? file : Buffer.from(file.base64, 'base64')] as const;
  });
  return Object.fromEntries(files);
}

function mappingAsked(set: PlaybookSet, name: string): Mapping {
  const mapping = Object.hasOwn(set.mappings, name) ? set.mappings[name] : undefined;
  if (mapping !== undefined) return mapping;
  const known = Object.keys(set.mappings).join(', ');
  const message = {
    zh: `没有映射 \`${name.slice(0, 200)}\`；已发布的有：${known}`,
    en: `there is no mapping \`${name.slice(0, 200)}\`; published are: ${known}`,
  };
  throw new ApiProblem('not-found', message, { problems: [{ code: 'mapping-unknown', path: '/mapping', message }] });
}

interface Sent {
  readonly body: z.output<typeof importBody>;
  readonly caller: Caller;
}

async function start(deps: ApiDeps, { body, caller }: Sent) {
  const { store } = deps;
  const playbook = await publishedSet(store);
  const { mapping: name, files: sent, dry_run: isDry } = body;
  const mapping = mappingAsked(playbook, name);
  const files = filesOf(sent);
  const given = await readExportFiles(store, mapping, files);
  const { read, shift_days } = given;
  const actor = caller.person.person;
  if (isDry) {
    const now = new Date().toISOString();
    const progress = await rehearseImport(store, read, { playbook, people: caller.people, shift_days, now, actor });
    const view: ImportView = { ...progress, mapping: mapping.mapping, status: 'rehearsed', shift_days };
    return { status: 200, body: view } as const;
  }
  const job = await beginImport(deps, given, files, actor);
  const headers = { Location: `/v1/imports/${job.import}` };
  return { status: 202, headers, body: viewOf(job) } as const;
}

function viewOf({ import: id, mapping, status, shift_days, progress }: ImportJob): ImportView {
  return { import: id, mapping, status, shift_days, ...progress };
}

/** Imports are counted. */
const importId = z
  .string()
  .regex(/^[1-9]\d{0,8}$/)
  .transform(Number)
  .meta({ description: 'Number of the import.' });

async function show({ store }: ApiDeps, { params }: { readonly params: { readonly id: number } }) {
  const job = await findImport(store, params.id);
  if (job === undefined) throw new ApiProblem('not-found', { zh: '没有这次导入', en: 'there is no such import' });
  return { status: 200, body: viewOf(job) } as const;
}

async function showMapping({ store }: ApiDeps, { params }: { readonly params: { readonly mapping: string } }) {
  const set = await publishedSet(store);
  const { mapping, title, tables } = mappingAsked(set, params.mapping);
  const body: MappingView = { mapping, ...(title && { title }), files: tables.map((table) => table.file) };
  return { status: 200, body } as const;
}

const DIFFERENCES_A_PAGE = 500;

async function showDifferences(
  { store }: ApiDeps,
  {
    params,
    query,
  }: { readonly params: { readonly mapping: string }; readonly query: { readonly after?: string | undefined } },
) {
  const { mapping } = mappingAsked(await publishedSet(store), params.mapping);
  const items = await crmDifferences(store, mapping, { after: query.after, limit: DIFFERENCES_A_PAGE });
  const last = items.length < DIFFERENCES_A_PAGE ? undefined : items.at(-1)?.external_id;
  const body: DifferenceView = { items: [...items], ...(last !== undefined && { next: last }) };
  return { status: 200, body } as const;
}

export const importsRoutes = [
  route({
    method: 'post',
    path: '/v1/imports',
    name: 'startImport',
    summary: 'Import the rows of a CRM export, or see what an import would do',
    right: 'import',
    body: importBody,
    bodyLimit: BODY_LIMIT,
    answers: {
      200: { description: 'A dry run: what would come in.', body: importShape },
      202: { description: 'It is under way.', headers: { Location: 'Where it is.' }, body: importShape },
    },
    problems: ['not-found', 'unfitting', 'refused'],
    handle: start,
  }),
  route({
    method: 'get',
    path: '/v1/imports/{id}',
    name: 'showImport',
    summary: 'How far an import has come, and what it found',
    right: 'import',
    params: z.strictObject({ id: importId }),
    answers: { 200: { description: 'The import.', body: importShape } },
    handle: show,
  }),
  route({
    method: 'get',
    path: '/v1/mappings/{mapping}',
    name: 'showMapping',
    summary: 'Which files a mapping reads',
    params: z.strictObject({ mapping: idOf('the mapping') }),
    answers: { 200: { description: 'The mapping.', body: mappingShape } },
    handle: showMapping,
  }),
  route({
    method: 'get',
    path: '/v1/mappings/{mapping}/differences',
    name: 'listCrmDifferences',
    summary: 'Cases of which the CRM says something else than Playrail',
    right: 'import',
    params: z.strictObject({ mapping: idOf('the mapping') }),
    query: z.strictObject({
      after: z.string().max(200).exactOptional().meta({ description: 'The `next` of the page before.' }),
    }),
    answers: { 200: { description: 'Those of one page.', body: differencesShape } },
    handle: showDifferences,
  }),
];
