/** The kind `roles`: posts, who reports to whom by role, and what each may do. */

import { list } from '../shape/collection.ts';
import { optional, type RecordOf, record, required } from '../shape/record.ts';
import { id, oneOf, plain, reference } from '../shape/scalar.ts';
import { text } from './text.ts';

const post = record(
  { zh: '职位', en: 'a post' },
  {
    role: required(id('职位标识', 'the id of a role'), '标识', 'its id'),
    title: required(text, '名称', 'what people read'),
    manages: optional(reference('职位', 'a role'), '下属职位', 'the role that reports to it'),
    may: required(
      list({ zh: '权利的列表', en: 'a list of rights' }, plain('权利', 'a right')),
      '可以做什么',
      'what it may do',
    ),
    over: optional(
      oneOf(['own', 'team', 'all']),
      '对谁的案例：自己、团队、全部；有下属时缺省 team，否则 own',
      'whose cases: own, those of the team, all; team for a post that manages, else own, when absent',
    ),
  },
  { notYet: ['authority'] },
);

export const roles = record(
  { zh: '职位表', en: 'roles' },
  {
    roles: required(id('职位表标识', 'the id of the roles'), '标识，与文件同名', 'its id; the file has the same name'),
    title: optional(text, '名称', 'what people read'),
    posts: required(list({ zh: '职位的列表', en: 'a list of posts' }, post, { min: 1 }), '职位', 'the posts'),
  },
);

export type RolesSource = RecordOf<typeof roles.keys>;
