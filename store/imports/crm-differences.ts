/** Where the CRM and Playrail say different things of a case: the list by which the CRM is put right. */

import { sql } from 'kysely';
import type { CrmPosition } from '../../engine/case/crm-change.ts';
import { HELD_FLAG } from '../../engine/case/shown-flags.ts';
import type { Store } from '../open-store.ts';
import { positionOf, type RowContent } from './row-change.ts';

export interface CrmDifference {
  /** As the CRM calls it. */
  readonly external_id: string;
  readonly case: string;
  readonly title: string;
  readonly owner: string;
  /** What its row said when it was last imported. */
  readonly crm: CrmPosition;
  readonly stage: string;
  readonly status: 'open' | 'won' | 'lost';
  readonly finished: boolean;
  /** Somebody must decide which of them counts. */
  readonly held: boolean;
}

/** In the order of the CRM's ids. */
export async function crmDifferences(
  { db }: Store,
  mapping: string,
  { after, limit }: { readonly after?: string | undefined; readonly limit: number },
): Promise<readonly CrmDifference[]> {
  const { rows } = await sql<Omit<CrmDifference, 'crm'> & { readonly said: RowContent }>`
    select r.external_id, c.id as case, c.title, c.owner, r.said, c.stage, c.status, c.finished,
      ${HELD_FLAG} = any(c.flags) as held
    from import_rows r join cases c on c.id = r.case_id
    where r.mapping = ${mapping} and r.said is not null and r.external_id > ${after ?? ''}
      and case when r.said->'imported'->'closed' is null
        then c.finished or c.stage <> r.said->>'stage'
        else c.status <> r.said->'imported'->'closed'->>'as' end
    order by r.external_id limit ${limit}`.execute(db);
  return rows.map(({ said, ...row }) => ({ ...row, crm: positionOf(said) }));
}
