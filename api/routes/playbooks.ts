/** `/v1/playbooks`: the published set. */

import type { Response, Router } from 'express';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import { currentPlaybook, listSets } from '../../store/publish.ts';
import { addRoute } from '../add-route.ts';
import type { ApiDeps } from '../deps.ts';
import type { PlaybooksView } from '../views/playbooks-view.ts';

function pipelinesOf(set: PlaybookSet): PlaybooksView['pipelines'] {
  return Object.values(set.rules).map(({ hash, pipeline, gates, ladders }) => ({
    pipeline: pipeline.pipeline,
    title: pipeline.title,
    rules: hash,
    stages: pipeline.stages.map(({ stage, title, success_rate }) => ({ stage, title, success_rate })),
    gates: gates.map(({ gate, title, at_point, mode }) => ({ gate, title, at: at_point, mode })),
    ladders: Object.values(ladders).map(({ ladder, title }) => ({ ladder, title })),
    lost_reasons: pipeline.lost_reasons,
  }));
}

async function show({ store }: ApiDeps, response: Response): Promise<void> {
  const current = await currentPlaybook(store);
  const sets = await listSets(store);
  const answer: PlaybooksView = {
    sets,
    pipelines: current === undefined ? [] : pipelinesOf(current.set),
    calendars: Object.values(current?.set.calendars ?? {}).map(({ calendar, zone, valid_through }) => ({
      calendar,
      zone,
      valid_through,
    })),
    posts: current?.set.roles.posts.map(({ role, title, over, may }) => ({ role, title, over, may })) ?? [],
    mappings: Object.keys(current?.set.mappings ?? {}),
  };
  response.json(answer);
}

export function addPlaybooksRoutes(router: Router, deps: ApiDeps): void {
  addRoute(router, '/playbooks', { get: (_request, response) => show(deps, response) });
}
