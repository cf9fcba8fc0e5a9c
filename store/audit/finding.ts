/** What does not hold of the journal, and how each of it is said. */

import type { EntityKind } from '../../engine/entity.ts';
import type { Text } from '../../engine/playbook/text.ts';

/** What can be wrong, and what it means; the words of findings that need none of their own. */
export const FINDINGS = {
  'entry-edited': { zh: '内容与其散列不符', en: 'its text does not have its hash' },
  'entry-missing': { zh: '此前的条目缺失', en: 'an entry before it is missing' },
  'chain-broken': { zh: '与前一条不相接', en: 'does not follow the entry before it' },
  'column-differs': { zh: '列与内容不符', en: 'a column differs from the text' },
  'head-differs': { zh: '日志与状态的末条不符', en: 'the journal ends elsewhere than the state says' },
  'state-differs': { zh: '状态与事件不符', en: 'the state is not what its events make' },
  'entity-missing': { zh: '有日志而无状态', en: 'has a journal and no state' },
  'journal-missing': { zh: '有状态而无日志', en: 'has a state and no journal' },
  'text-edited': { zh: '另存的文字与条目中的摘要不符', en: 'a text kept apart does not have the digest of its entry' },
  'text-missing': {
    zh: '另存的文字缺失，而无人被抹除',
    en: 'a text kept apart is gone, and nobody’s erasure says why',
  },
  'text-stray': { zh: '另存的文字不属于任何条目', en: 'texts are kept apart that belong to no entry' },
  'entity-removed': { zh: '检查点中有，现已不存在', en: 'a checkpoint has it, and it is gone' },
  'tail-cut': { zh: '检查点中的末条已不存在', en: 'ended later when a checkpoint was made' },
  'chain-rewritten': { zh: '与检查点所记的散列不符', en: 'had another hash when a checkpoint was made' },
  'checkpoint-missing': { zh: '检查点缺失', en: 'the checkpoint is missing' },
  'checkpoint-forged': { zh: '检查点的签名或内容不实', en: 'the checkpoint is not as it was signed' },
  'checkpoint-differs': {
    zh: '数据库与库外副本的检查点不同',
    en: 'the database has another checkpoint than the copy outside it',
  },
} as const satisfies Record<string, Text>;

export type FindingCode = keyof typeof FINDINGS;

// Object.keys forgets that the keys are the codes.
export const FINDING_CODES = Object.keys(FINDINGS) as readonly FindingCode[];

export interface Finding {
  readonly code: FindingCode;
  readonly kind: EntityKind | 'checkpoint';
  /** Of the entity, or the number of the checkpoint. */
  readonly id: string;
  /** The entry it was found at. */
  readonly seq?: number;
  readonly message: Text;
}

export type Report = (finding: Finding) => void;

export function finding(code: FindingCode, kind: Finding['kind'], id: string, seq?: number): Finding {
  return { code, kind, id, ...(seq === undefined ? {} : { seq }), message: FINDINGS[code] };
}
