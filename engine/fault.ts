/** The causes a fault can have: one table of what each is and what to do, for replies, logs, journal, metrics, `doctor` and the operations guide. */

import type { Text } from './playbook/text.ts';

export interface FaultCauseInfo {
  /** What is wrong, for whoever asked. */
  readonly title: Text;
  /** What an operator does about it. */
  readonly hint: Text;
  /** Passes when its reason does; else somebody must mend something of ours or of the case first. */
  readonly passes: boolean;
}

/** A code is never changed nor given another meaning once released: alarms are built on it. */
export const FAULT_CAUSES = {
  'database-away': {
    title: { zh: '连不上数据库', en: 'the database cannot be reached' },
    hint: {
      zh: '启动 PostgreSQL，或恢复到它的网络；无需重启 Playrail',
      en: 'start PostgreSQL, or mend the way to it; Playrail itself needs no restart',
    },
    passes: true,
  },
  'database-busy': {
    title: { zh: '数据库太忙，或这一行被占用', en: 'the database is too busy, or holds the row for somebody else' },
    hint: {
      zh: '查看 pg_stat_activity 中的长事务与锁；其他程序不应锁定 Playrail 的表',
      en: 'look in pg_stat_activity for long transactions and locks; nothing else should lock the tables of Playrail',
    },
    passes: true,
  },
  'database-read-only': {
    title: { zh: '数据库只读', en: 'the database only lets itself be read' },
    hint: {
      zh: 'DATABASE_URL 应指向主库而非副本；检查 default_transaction_read_only',
      en: 'DATABASE_URL must name the primary, not a replica; look at default_transaction_read_only',
    },
    passes: true,
  },
  'disk-full': {
    title: { zh: '磁盘已满', en: 'the disk is full' },
    hint: {
      zh: '在数据库与数据目录所在的磁盘上腾出空间；无需重启，未丢失任何内容',
      en: 'make room on the disk of the database and of the data folder; no restart is needed, nothing is lost',
    },
    passes: true,
  },
  'rejected-by-database': {
    title: { zh: '数据库不接受这条命令的内容', en: 'the database does not take what this command would write' },
    hint: {
      zh: '这是我们的缺陷：把日志中的 SQLSTATE 与命令编号告诉我们；其他命令不受影响',
      en: 'a defect of ours: report the SQLSTATE and the command id in the journal; other commands are not touched',
    },
    passes: false,
  },
  'decider-failed': {
    title: { zh: '规则引擎无法判断', en: 'the rules engine could not decide' },
    hint: {
      zh: '这是我们的缺陷，或状态被改动过：运行 `playrail audit verify`，并附上日志告诉我们；只影响此案件',
      en: 'a defect of ours, or a state that was tampered with: run `playrail audit verify` and report the journal entry; only this entity is touched',
    },
    passes: false,
  },
  'file-store-away': {
    title: { zh: '连不上文件存储', en: 'the file store cannot be reached, or turns us away' },
    hint: {
      zh: '检查 PLAYRAIL_FILES 所指的存储、密钥与网络；不涉及文件的命令不受影响',
      en: 'look at the store that PLAYRAIL_FILES names, its key and the way to it; what has no files goes on',
    },
    passes: true,
  },
  'file-damaged': {
    title: { zh: '文件不在文件存储中，或内容已变', en: 'a file is not in the file store, or its bytes are others' },
    hint: {
      zh: '从备份把该文件放回：日志中有其 SHA-256，文件以它命名；其他文件不受影响',
      en: 'bring the file back from a backup: the log has its SHA-256, which is its name there; other files are not touched',
    },
    passes: false,
  },
  'clock-ahead': {
    title: { zh: '时间走在数据库之前', en: "the time lies ahead of the database's" },
    hint: {
      zh: '校准 Temporal 服务器与 PostgreSQL 的时钟（NTP）；相差两分钟以上时不触发任何阶梯',
      en: 'set the clocks of the Temporal server and of PostgreSQL right (NTP); more than two minutes apart, no ladder fires',
    },
    passes: true,
  },
  'newer-version': {
    title: { zh: '由更新版本的 Playrail 写成', en: 'written by a newer Playrail' },
    hint: { zh: '升级所有 worker 与 api 进程', en: 'upgrade every worker and API process' },
    passes: false,
  },
  'step-too-slow': {
    title: { zh: '一步未能及时完成', en: 'a step did not end in time' },
    hint: {
      zh: '查看数据库与 worker 的负载；命令可能已生效，用同一密钥重试即知',
      en: 'look at the load of the database and of the workers; the command may have counted, the same key tells',
    },
    passes: true,
  },
  'temporal-away': {
    title: { zh: 'Temporal 没有回应', en: 'Temporal does not answer' },
    hint: {
      zh: '启动 Temporal 服务器或恢复到它的网络；无需重启 Playrail',
      en: 'start the Temporal server or mend the way to it; Playrail itself needs no restart',
    },
    passes: true,
  },
  'temporal-busy': {
    title: { zh: 'Temporal 过载', en: 'Temporal takes no more for the moment' },
    hint: {
      zh: '降低发送速度，或提高 Temporal 的限额',
      en: 'send more slowly, or raise the limits of the Temporal server',
    },
    passes: true,
  },
  'no-worker': {
    title: { zh: '没有 worker 及时接手', en: 'no worker answered in time' },
    hint: {
      zh: '启动 worker（`playrail serve` 自带一个），或增加 worker',
      en: 'start a worker (`playrail serve` holds one), or more of them',
    },
    passes: true,
  },
  'too-many-waiting': {
    title: { zh: '此案件或人员有太多命令在等待', en: 'too many commands wait for this case or person' },
    hint: { zh: '让发送者放慢；其他案件不受影响', en: 'have the sender slow down; others are not touched' },
    passes: true,
  },
  defect: {
    title: { zh: '出了我们的问题', en: 'something of ours went wrong' },
    hint: { zh: '把日志中的错误告诉我们', en: 'report the error in the log' },
    passes: false,
  },
} as const satisfies Record<string, FaultCauseInfo>;

export type FaultCause = keyof typeof FAULT_CAUSES;

/** What a caller gets when nobody can say whether the command counted. */
export interface Fault {
  readonly outcome: 'fault';
  /** A `FaultCause`; a worker of another version may say one that this one does not know. */
  readonly cause: string;
  /** What failed, in the words of what failed; for operators. */
  readonly detail: string;
}

export function fault(cause: FaultCause, detail: string): Fault {
  return { outcome: 'fault', cause, detail };
}

/** Causes of another version, and the free text that journals of 0.1 have in this place, count as `defect`. */
export function faultCauseOf(raw: string): FaultCause {
  return isFaultCause(raw) ? raw : 'defect';
}

function isFaultCause(raw: string): raw is FaultCause {
  return Object.hasOwn(FAULT_CAUSES, raw);
}
