/** The kind `knowledge`: one note that people find where it helps them. */

import { CATEGORIES } from '../../playbook/knowledge.ts';
import { list } from '../shape/collection.ts';
import { optional, type RecordOf, record, required, variants } from '../shape/record.ts';
import { id, oneOf, reference } from '../shape/scalar.ts';
import type { Read } from '../shape/shape.ts';
import { text } from './text.ts';

const attachment = variants(
  { zh: '附着处', en: 'a place to attach to' },
  {
    stage: record(
      { zh: '附于阶段', en: 'a note on a stage' },
      { stage: required(reference('阶段名', 'a stage'), '案件在该阶段时显示', 'shown while a case is in it') },
    ),
    milestone: record(
      { zh: '附于里程碑', en: 'a note on a milestone' },
      { milestone: required(reference('里程碑名', 'a milestone'), '未达到时显示', 'shown while it is not reached') },
    ),
    evidence: record(
      { zh: '附于证据', en: 'a note on evidence' },
      { evidence: required(reference('证据名', 'an evidence'), '缺少时显示', 'shown while it is missing') },
    ),
    gate: record(
      { zh: '附于关口', en: 'a note on a gate' },
      { gate: required(reference('关口名', 'a gate'), '不放行时显示', 'shown when it is closed') },
    ),
    approval: record(
      { zh: '附于审批', en: 'a note on an approval' },
      { approval: required(reference('审批名', 'an approval'), '规则等待它时显示', 'shown when a rule waits for it') },
    ),
    decision: record(
      { zh: '附于决策', en: 'a note on a decision' },
      { decision: required(reference('决策名', 'a decision'), '规则等待它时显示', 'shown when a rule waits for it') },
    ),
    ladder: record(
      { zh: '附于阶梯', en: 'a note on a ladder' },
      { ladder: required(reference('阶梯名', 'a ladder'), '停滞时显示', 'shown while a case is stalled on it') },
    ),
    finding: record(
      { zh: '附于发现', en: 'a note on a finding' },
      { finding: required(reference('发现名', 'a finding'), '发现还在时显示', 'shown while it stands') },
    ),
    coaching: record(
      { zh: '附于辅导', en: 'a note on a coaching flow' },
      { coaching: required(reference('辅导名', 'a coaching flow'), '辅导进行时显示', 'shown while it is under way') },
    ),
  },
);

export const knowledge = record(
  { zh: '知识', en: 'a note' },
  {
    knowledge: required(id('知识标识', 'the id of the note'), '标识，与文件同名', 'its id; the file has the same name'),
    title: required(text, '名称', 'what people read'),
    category: required(oneOf(CATEGORIES), '哪一类知识', 'what sort of knowledge it is'),
    tags: optional(
      list({ zh: '标签的列表', en: 'a list of tags' }, id('标签', 'a tag')),
      '标签',
      'words to find it by',
    ),
    applies_to: optional(
      list({ zh: '流程的列表', en: 'a list of pipelines' }, reference('流程名', 'a pipeline'), { min: 1 }),
      '在哪些流程中显示；缺省为有其附着处的所有流程',
      'the pipelines it is shown in; all that have what it is attached to when absent',
    ),
    attached_to: required(
      list({ zh: '附着处的列表', en: 'a list of places' }, attachment, { min: 1 }),
      '在哪里显示',
      'where it is shown',
    ),
    text: required(text, '正文，Markdown', 'the note itself, in Markdown'),
  },
);

export type KnowledgeSource = RecordOf<typeof knowledge.keys>;
export type AttachmentSource = Read<typeof attachment>;
