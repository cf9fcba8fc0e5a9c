/** Makes the cases that a case started ready to show, as they last told where they stand. */

import type { CaseView } from '../../engine/case/case-view.ts';
import type { Child } from '../../engine/case/children/family.ts';
import { same } from '../../engine/playbook/value-text.ts';
import type { ChildView } from './case-detail.ts';
import { personRef } from './person-ref.ts';

/** In the order they were started. */
export function makeChildViews(view: CaseView): ChildView[] {
  return Object.entries(view.state.children ?? {}).map(([id, child]) => childView(view, id, child));
}

function childView({ world }: CaseView, id: string, { pipeline, owner, news, refused }: Child): ChildView {
  const stages = news && world.playbook.rules[news.pipeline]?.pipeline.stages;
  const stageTitle = stages?.find(({ stage }) => stage === news?.stage)?.title;
  return {
    case: id,
    pipeline,
    pipeline_title: world.playbook.rules[pipeline]?.pipeline.title ?? same(pipeline),
    owner: personRef(world.people, news?.owner ?? owner),
    ...(news !== undefined && {
      stage: news.stage,
      stage_title: stageTitle ?? same(news.stage),
      status: news.status,
    }),
    finished: news?.finished ?? false,
    ...(refused !== undefined && { refused: refused.map(({ message }) => message) }),
  };
}
