/** What an erasure leaves where it is, and why: data, so that it can be shown before anybody asks for one. */

import type { Text } from '../../engine/playbook/text.ts';

export interface Stays {
  readonly what: Text;
  readonly why: Text;
}

export const STAYS: readonly Stays[] = [
  {
    what: { zh: '此人的编号', en: 'their id' },
    why: {
      zh: '谁批准、谁验收、谁移交必须可查；会计与商业记录须按法定年限保存。编号若由姓名构成，请在入职时改用工号',
      en: 'who approved, accepted and handed over must be told for as long as the law keeps books and business letters; where ids are made from names, give new people neutral ones',
    },
  },
  {
    what: {
      zh: '岗位、上级、地区、日期、金额、选项、阶段',
      en: 'posts, managers, regions, dates, amounts, choices, stages',
    },
    why: {
      zh: '裁决依据它们作出，并在哈希链中',
      en: 'decisions were made by them, and the chain covers them',
    },
  },
  {
    what: { zh: '每段已抹除文字的摘要', en: 'the digest of every text that was erased' },
    why: {
      zh: '链由此保持完整；盐已一并抹除，无法由摘要猜回文字',
      en: 'it keeps the chain whole; its salt is gone, so that the text cannot be guessed from it',
    },
  },
  {
    what: {
      zh: '此人所写的案件文字（除非 --written），他人提及此人的文字（除非 --quoted）',
      en: 'what they wrote about cases (unless --written), what others wrote that names them (unless --quoted)',
    },
    why: { zh: '它们是公司的交易记录', en: 'it is the company’s record of its deals' },
  },
  {
    what: {
      zh: '上传的文件的内容与 SHA-256，以及谁在何时上传（文件名随 --written、--quoted 抹除）',
      en: 'what uploaded files hold, their SHA-256, who uploaded them and when (their names go with --written and --quoted)',
    },
    why: {
      zh: '合同等文件是证据，哈希链写着其 SHA-256；须删除某个文件时，从存放处删去以其 SHA-256 命名的内容即可，链保持完整',
      en: 'contracts and the like are evidence, and the chain names them by their SHA-256; where one must go, remove what lies under that name in the place of files: the chain stays whole',
    },
  },
  {
    what: { zh: '版本 1 的日志条目（0.1.0 写成）', en: 'entries of version 1, which 0.1.0 wrote' },
    why: {
      zh: '文字在链内，抹除会使链断裂；其数目见上',
      en: 'their texts are in the chain itself, and erasing them would break it; how many is said above',
    },
  },
  {
    what: {
      zh: '早先的备份、导入过的文件、已发出的邮件与 webhook、Temporal 保留期内的历史',
      en: 'older backups, files that were imported, mails and webhooks that went out, histories that Temporal still retains',
    },
    why: {
      zh: '不在本数据库的日志中；请按各自的期限删除',
      en: 'they are not in this journal; let each go when its time is over',
    },
  },
];
