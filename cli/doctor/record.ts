/** What `doctor` looks at in the record: the schema, clocks that are overdue, messages that wait, faults, people. */

import { sql } from 'kysely';
import { FAULT_CAUSES, faultCauseOf } from '../../engine/fault.ts';
import { causeOf } from '../../store/cause-of.ts';
import { appliedMigrations, requireLevel } from '../../store/level.ts';
import { lookAtLoad, type WaitingMessages } from '../../store/look-at-load.ts';
import { knownMigrations } from '../../store/migrate.ts';
import type { Store } from '../../store/open-store.ts';
import { listPeople } from '../../store/people.ts';
import { currentPlaybook } from '../../store/publish.ts';
import { type CheckUp, unwell, well } from './check-up.ts';

/** A message that is neither tried nor delivered for so long is stuck. */
const STUCK_SECONDS = 300;
const FAULTS_SHOWN = 2_000;

/** @returns whether the record can be read by this program, too. */
export async function checkSchema(store: Store): Promise<{ checkUp: CheckUp; isOurs: boolean }> {
  const applied = await appliedMigrations(store.db);
  try {
    if (applied.includes('0002-audit')) await requireLevel(store);
  } catch (error) {
    if (causeOf(error) !== 'newer-version') throw error;
    const { title, hint } = FAULT_CAUSES['newer-version'];
    return { checkUp: unwell('schema', 'ill', title, hint), isOurs: false };
  }
  if (applied.length === 0) {
    const found = { zh: '数据库结构尚未建立', en: 'the schema is not there yet' };
    const hint = {
      zh: '启动 worker、api 或 serve 即会建立',
      en: 'the next start of a worker, an API or `serve` makes it',
    };
    return { checkUp: unwell('schema', 'look', found, hint), isOurs: false };
  }
  if (knownMigrations().some((name) => !applied.includes(name))) {
    const found = { zh: '数据库结构较旧', en: 'the schema is older than this program' };
    const hint = { zh: '下次启动时会更新', en: 'the next start of a worker, an API or `serve` brings it up to date' };
    return { checkUp: unwell('schema', 'look', found, hint), isOurs: false };
  }
  return { checkUp: well('schema', '数据库结构是最新的', 'the schema is up to date'), isOurs: true };
}

function stuck({ destination, queue, waiting, failing, oldest_seconds }: WaitingMessages): CheckUp {
  const minutes = Math.round(oldest_seconds / 60);
  const found = {
    zh: `\`${destination}\` 有 ${waiting} 条消息未送达，其中 ${failing} 条已失败过，最久 ${minutes} 分钟`,
    en: `${waiting} messages to \`${destination}\` wait, ${failing} of them were tried in vain; the oldest for ${minutes} minutes`,
  };
  if (queue === 'entities') {
    const hint = {
      zh: '启动或检查 worker；未送达的消息会自动补送',
      en: 'start or look at the workers; what waits is delivered by itself then',
    };
    return unwell('outbox', 'ill', found, hint);
  }
  const hint = destination.startsWith('webhook/')
    ? {
        zh: `检查接收方以及 PLAYRAIL_WEBHOOKS 中 \`${destination.slice(8)}\` 的地址；其他目的地不受影响`,
        en: `look at the receiver, and at the address of \`${destination.slice(8)}\` in PLAYRAIL_WEBHOOKS; other destinations are not held up`,
      }
    : { zh: '检查邮件服务器与 SMTP_URL', en: 'look at the mail server and at SMTP_URL' };
  return unwell('outbox', 'ill', found, hint);
}

export async function checkLoad(store: Store): Promise<readonly CheckUp[]> {
  const { overdue, outbox, clock_lag_seconds } = await lookAtLoad(store);
  const late =
    overdue === 0
      ? well('overdue', '没有逾期的时钟', 'no clock is overdue')
      : unwell(
          'overdue',
          'ill',
          {
            zh: `${overdue} 个案件或人员的时钟逾期，最久 ${Math.round(clock_lag_seconds / 60)} 分钟：其工作流可能已被终止`,
            en: `the clocks of ${overdue} cases or people are overdue, by up to ${Math.round(clock_lag_seconds / 60)} minutes: their workflows may have been terminated`,
          },
          {
            zh: '有 worker 运行时，一分钟内会自动恢复；否则先启动 worker',
            en: 'with a worker they come back by themselves within a minute; without one, start one',
          },
        );
  const waiting = outbox.filter(({ failing, oldest_seconds }) => failing > 0 || oldest_seconds > STUCK_SECONDS);
  return [
    late,
    ...(waiting.length === 0 ? [well('outbox', '没有滞留的消息', 'no message is stuck')] : waiting.map(stuck)),
  ];
}

/** Of the last day, by cause; each with what to do. */
export async function checkFaults({ db }: Store): Promise<readonly CheckUp[]> {
  const { rows } = await sql<{ cause: string }>`
    select text::json ->> 'cause' as cause from (
      select text from journal where command_id is null and recorded_at > now() - interval '1 day' limit ${FAULTS_SHOWN}
    ) lately where text::json ->> 'outcome' = 'fault'`.execute(db);
  const counts = new Map<keyof typeof FAULT_CAUSES, number>();
  for (const { cause } of rows) counts.set(faultCauseOf(cause), (counts.get(faultCauseOf(cause)) ?? 0) + 1);
  if (counts.size === 0) return [well('faults', '一天内没有故障', 'no command met a fault in a day')];
  return [...counts].map(([cause, count]) => {
    const { title, hint } = FAULT_CAUSES[cause];
    const found = {
      zh: `一天内 ${count} 个命令遇到故障 \`${cause}\`：${title.zh}`,
      en: `${count} commands met the fault \`${cause}\` in a day: ${title.en}`,
    };
    return unwell('faults', 'look', found, hint);
  });
}

/** Whoever should report to somebody and does not: their ladders reach nobody. */
export async function checkPeople(store: Store): Promise<CheckUp> {
  const current = await currentPlaybook(store);
  if (current === undefined) {
    return unwell(
      'people',
      'ill',
      { zh: '还没有发布任何剧本', en: 'no playbooks are published yet' },
      { zh: '运行 playrail setup 或 playrail serve', en: 'run `playrail setup` or `playrail serve`' },
    );
  }
  const managed = new Set(
    current.set.roles.posts.flatMap((post) => (post.manages === undefined ? [] : [post.manages])),
  );
  const { by_id } = await listPeople(store);
  const alone = Object.values(by_id).filter(
    ({ active, role, manager }) =>
      active && managed.has(role) && (manager === undefined || by_id[manager]?.active !== true),
  );
  if (alone.length === 0)
    return well('people', '人人都有在职的上级', 'everybody who should has a manager who is there');
  const ids = alone.slice(0, 5).map(({ person }) => `\`${person}\``);
  return unwell(
    'people',
    'look',
    {
      zh: `${alone.length} 人没有在职的上级：${ids.join('、')}`,
      en: `${alone.length} people have no manager who is there: ${ids.join(', ')}`,
    },
    { zh: '为他们指定上级，否则升级提醒无人收到', en: 'give them one, or their escalations reach nobody' },
  );
}
