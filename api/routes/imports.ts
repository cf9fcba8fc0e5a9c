/** `/v1/imports`: the rows of a CRM export become cases; `/v1/mappings`: how they may. */

import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import type { RowProblem } from '../../engine/mapping/tables.ts';
import type { Mapping } from '../../engine/playbook/mapping.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import { createImport, findImport, type ImportFiles, type ImportJob, shiftOf } from '../../store/imports/import-job.ts';
import { firstShift, type ReadImport, readImport } from '../../store/imports/prepare-import.ts';
import { rehearseImport } from '../../store/imports/rehearse-import.ts';
import { addRoute } from '../add-route.ts';
import { callerOf, requireRight } from '../caller.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problem.ts';
import { publishedSet } from '../published-set.ts';
import type { ImportView, MappingView } from '../views/import-view.ts';
import { parseBody } from '../wire/parse-request.ts';

const wellFormed = (text: string): boolean => !/[\0\ud800-\udfff]/u.test(text);

const importBody = z.strictObject({
  mapping: z.string().min(1).max(200),
  /** File name → text. */
  files: z.record(z.string().min(1).max(200), z.string().refine(wellFormed, { params: { problem: 'unsafe-text' } })),
  dry_run: z.boolean().default(false),
});

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

/** @throws ApiProblem 422 naming file, line and column of everything that keeps the files from being read. */
function readOrProblem(mapping: Mapping, files: ImportFiles): ReadImport {
  const result = readImport(mapping, files);
  if (result.ok) return result.read;
  const message = { zh: '文件与映射对不上', en: 'the files do not fit the mapping' };
  throw new ApiProblem('unfitting', message, { problems: result.problems.map(problemOf) });
}

function problemOf({ file, line, column, message }: RowProblem) {
  const place = column === undefined ? `${file}:${line}` : `${file}:${line} ${column}`;
  return {
    code: 'export-unfit',
    path: '/files',
    message: { zh: `${place}：${message.zh}`, en: `${place}: ${message.en}` },
  };
}

async function start(deps: ApiDeps, request: Request, response: Response): Promise<void> {
  const { store, entities } = deps;
  const caller = callerOf(response);
  const set = await publishedSet(store);
  requireRight(caller, 'import', set);
  const body = parseBody(importBody, request.body);
  const mapping = mappingAsked(set, body.mapping);
  const read = readOrProblem(mapping, body.files);
  const now = new Date().toISOString();
  const shift_days = (await shiftOf(store.db, mapping.mapping, read.source)) ?? firstShift(read, now);
  const actor = caller.person.person;
  if (body.dry_run) {
    const terms = { playbook: set, people: caller.people, shift_days, now, actor };
    const progress = await rehearseImport(store, read, terms);
    const view: ImportView = { ...progress, mapping: mapping.mapping, status: 'rehearsed', shift_days };
    response.json(view);
    return;
  }
  const files = Object.fromEntries(mapping.tables.map(({ file }) => [file, body.files[file] ?? '']));
  const rows = read.tables.rows.length;
  const job = await createImport(store, {
    mapping: mapping.mapping,
    source: read.source,
    files,
    shift_days,
    rows,
    started_by: actor,
  });
  await entities.startImport(job.import);
  response.status(202).location(`/v1/imports/${job.import}`).json(viewOf(job));
}

function viewOf({ import: id, mapping, status, shift_days, progress }: ImportJob): ImportView {
  return { import: id, mapping, status, shift_days, ...progress };
}

async function show({ store }: ApiDeps, request: Request, response: Response): Promise<void> {
  const set = await publishedSet(store);
  requireRight(callerOf(response), 'import', set);
  const id = /^[1-9]\d{0,8}$/.test(String(request.params['id'])) ? Number(request.params['id']) : undefined;
  const job = id === undefined ? undefined : await findImport(store, id);
  if (job === undefined) throw new ApiProblem('not-found', { zh: '没有这次导入', en: 'there is no such import' });
  response.json(viewOf(job));
}

async function showMapping({ store }: ApiDeps, request: Request, response: Response): Promise<void> {
  const set = await publishedSet(store);
  const { mapping, title, tables } = mappingAsked(set, String(request.params['mapping']));
  const view: MappingView = { mapping, ...(title && { title }), files: tables.map((table) => table.file) };
  response.json(view);
}

export function addImportsRoutes(router: Router, deps: ApiDeps): void {
  addRoute(router, '/imports', { post: (request, response) => start(deps, request, response) });
  addRoute(router, '/imports/:id', { get: (request, response) => show(deps, request, response) });
  addRoute(router, '/mappings/:mapping', { get: (request, response) => showMapping(deps, request, response) });
}
