/** `/v1/imports`: the rows of a CRM export become cases; `/v1/mappings`: how they may. */

import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import type { Mapping } from '../../engine/playbook/mapping.ts';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import { findImport, type ImportJob } from '../../store/imports/import-job.ts';
import { rehearseImport } from '../../store/imports/rehearse-import.ts';
import { addRoute } from '../add-route.ts';
import { beginImport, readExportFiles } from '../begin-import.ts';
import { callerOf, requireRight } from '../caller.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem } from '../problem.ts';
import { publishedSet } from '../published-set.ts';
import type { ImportView, MappingView } from '../views/import-view.ts';
import { parseBody } from '../wire/parse-request.ts';

const importBody = z.strictObject({
  mapping: z.string().min(1).max(200),
  /** File name → text. What no row may hold is told of its row. */
  files: z.record(z.string().min(1).max(200), z.string()),
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

async function start(deps: ApiDeps, request: Request, response: Response): Promise<void> {
  const { store } = deps;
  const caller = callerOf(response);
  const playbook = await publishedSet(store);
  requireRight(caller, 'import', playbook);
  const { mapping: name, files, dry_run: isDry } = parseBody(importBody, request.body);
  const mapping = mappingAsked(playbook, name);
  const { read, shift_days } = await readExportFiles(store, mapping, files);
  const actor = caller.person.person;
  if (isDry) {
    const now = new Date().toISOString();
    const progress = await rehearseImport(store, read, { playbook, people: caller.people, shift_days, now, actor });
    const view: ImportView = { ...progress, mapping: mapping.mapping, status: 'rehearsed', shift_days };
    response.json(view);
    return;
  }
  const job = await beginImport(deps, { read, shift_days }, files, actor);
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
