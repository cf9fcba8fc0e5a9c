/** `/v1/playbooks`: the published set, and checking files before anybody publishes them. */

import { z } from 'zod';
import type { PlaybookSet } from '../../engine/playbook/set.ts';
import { limitText } from '../../engine/who/authority-texts.ts';
import { listSets } from '../../store/publish.ts';
import { compileInThread } from '../compile-in-thread.ts';
import type { ApiDeps } from '../deps.ts';
import { ApiProblem, diagnostic } from '../problem.ts';
import { currentSet } from '../published-set.ts';
import { route } from '../route.ts';
import { type PlaybooksView, playbooksShape } from '../views/playbooks-view.ts';
import { list } from '../wire/shapes.ts';

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

function postsOf({ roles, rules }: PlaybookSet): PlaybooksView['posts'] {
  const facts = Object.values(rules).map(({ pipeline }) => pipeline.facts);
  return roles.posts.map(({ role, title, over, manages, may, layer, duties = [], process = [], authority }) => ({
    role,
    title,
    over,
    ...(manages !== undefined && { manages }),
    may,
    ...(layer !== undefined && { layer }),
    duties,
    process,
    authority: (roles.authority ?? []).flatMap((dimension) => {
      const limit = authority?.[dimension.dimension];
      if (limit === undefined) return [];
      const fact = facts.find((one) => Object.hasOwn(one, dimension.fact))?.[dimension.fact];
      return [{ dimension: dimension.dimension, title: dimension.title, limit: limitText(dimension, limit, fact) }];
    }),
  }));
}

async function show({ store }: ApiDeps) {
  const set = await currentSet(store);
  const sets = await listSets(store);
  const body: PlaybooksView = {
    sets,
    pipelines: set === undefined ? [] : pipelinesOf(set),
    calendars: Object.values(set?.calendars ?? {}).map(({ calendar, zone, valid_through }) => ({
      calendar,
      zone,
      valid_through,
    })),
    posts: set === undefined ? [] : postsOf(set),
    mappings: Object.keys(set?.mappings ?? {}),
  };
  return { status: 200, body } as const;
}

/** A path as diagnostics show it: inside the folder, and printable. */
const filePath = z
  .string()
  .max(200)
  .regex(/^(?!.*\.\.)[^/\p{Cc}][^\p{Cc}]*$/u);

/** A whole playbook folder fits. */
const BODY_LIMIT = 4 * 1024 * 1024;

const checkBody = z.strictObject({
  files: z
    .array(z.strictObject({ path: filePath, text: z.string().max(1_000_000) }))
    .min(1)
    .max(500),
});

async function check(_deps: ApiDeps, { body: { files } }: { readonly body: z.output<typeof checkBody> }) {
  const { diagnostics } = await compileInThread(files);
  const errors = diagnostics.filter((one) => one.severity === 'error').length;
  if (errors > 0) {
    throw new ApiProblem(
      'playbook-errors',
      { zh: `${errors} 个错误`, en: `${errors} ${errors === 1 ? 'error' : 'errors'}` },
      { diagnostics },
    );
  }
  return { status: 200, body: { ok: true, diagnostics } } as const;
}

export const playbooksRoutes = [
  route({
    method: 'get',
    path: '/v1/playbooks',
    name: 'showPlaybooks',
    summary: 'The published playbooks',
    answers: { 200: { description: 'What is in force.', body: playbooksShape } },
    handle: show,
  }),
  route({
    method: 'post',
    path: '/v1/playbooks/check',
    name: 'checkPlaybooks',
    summary: 'Check playbook files before anybody publishes them',
    body: checkBody,
    bodyLimit: BODY_LIMIT,
    answers: {
      200: {
        description: 'There are no errors.',
        body: z.strictObject({ ok: z.literal(true), diagnostics: list(diagnostic) }),
      },
    },
    problems: ['playbook-errors'],
    handle: check,
  }),
];
