/** Checks a dossier by itself: no server, no database. */

import { createPublicKey, type KeyObject } from 'node:crypto';
import { canonicalText } from '../../engine/canonical-text.ts';
import { hashOf } from '../../engine/language/compile/rules.ts';
import { compileSet } from '../../engine/language/compile-set.ts';
import type { Rules } from '../../engine/playbook/set.ts';
import type { Text } from '../../engine/playbook/text.ts';
import { keyId, openCheckpoint, parseLines } from '../audit/checkpoint.ts';
import { closeTrail, followEntry, type Trail } from '../audit/follow-trail.ts';
import { sha256 } from '../hash.ts';
import { openEntry } from '../journal-entry.ts';
import { type Dossier, dossierShape } from './dossier.ts';
import { isSealed } from './seal.ts';
import { summaryOf } from './summary.ts';

export interface DossierFinding {
  readonly place: string;
  readonly message: Text;
}

export interface DossierCheck {
  readonly findings: readonly DossierFinding[];
  readonly case?: string;
  readonly entries: number;
  /** The key it is sealed with; absent: it bears no seal, and what lies beside the journal is only held against itself. */
  readonly sealed_by?: string;
  /** Up to which entry a signed checkpoint vouches for it, and when that was made; absent: none does. */
  readonly vouched?: { readonly entry: number; readonly at: string };
}

/** @param text of the file @param trusted public keys as PEM, had from elsewhere; none: those in the file are taken */
export function verifyDossier(text: string, trusted: readonly string[] = []): DossierCheck {
  const parsed = readDossier(text);
  if (parsed === undefined) {
    const message = { zh: '不是完整的案卷文件', en: 'is no dossier, or not a whole one' };
    return { findings: [{ place: 'file', message }], entries: 0 };
  }
  const keys = keysOf(trusted.length > 0 ? trusted : parsed.keys);
  const findings = [
    ...sealFindings(parsed, keys),
    ...journalFindings(parsed),
    ...ruleFindings(parsed),
    ...summaryFindings(parsed),
  ];
  const { found, vouched } = checkCheckpoint(parsed, keys);
  return {
    findings: [...findings, ...found],
    case: parsed.case,
    entries: parsed.journal.length,
    ...(parsed.seal && { sealed_by: parsed.seal.key }),
    ...(vouched && { vouched }),
  };
}

function readDossier(text: string): Dossier | undefined {
  try {
    const parsed = dossierShape.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

function journalFindings({ case: id, journal, head, erased }: Dossier): readonly DossierFinding[] {
  const findings: DossierFinding[] = [];
  const known = {
    erased: new Set(erased),
    report: ({ seq, message }: { readonly seq?: number; readonly message: Text }): void => {
      findings.push({ place: seq === undefined ? 'journal' : `journal entry ${seq}`, message });
    },
  };
  const trail: Trail = { kind: 'case', id, seq: 0, hash: '', state: undefined, broken: false };
  for (const row of journal) {
    if (row.entity !== id) findings.push({ place: `journal entry ${row.seq}`, message: OF_ANOTHER });
    followEntry(trail, row, known);
  }
  closeTrail(trail, head, known.report);
  return findings;
}

const OF_ANOTHER = { zh: '属于另一个案件', en: 'belongs to another case' };

function ruleFindings({ rules, playbooks }: Dossier): readonly DossierFinding[] {
  const compiled = Object.entries(rules).flatMap(([hash, one]) =>
    one.hash === hash && hashOf(partsOf(one), sha256) === hash
      ? []
      : [
          {
            place: `rules ${hash.slice(0, 12)}`,
            message: { zh: '内容与其散列不符', en: 'they do not have their hash' },
          },
        ],
  );
  const written = playbooks.flatMap(({ rules: hash, files }) => {
    const { set } = compileSet(
      Object.entries(files).map(([path, text]) => ({ path, text })),
      { sha256 },
    );
    const isSame = Object.values(set?.rules ?? {}).some((one) => one.hash === hash);
    const message = { zh: '剧本文件编译不出这些规则', en: 'its files do not compile to these rules' };
    return isSame ? [] : [{ place: `playbooks of rules ${hash.slice(0, 12)}`, message }];
  });
  return [...compiled, ...written];
}

function partsOf({ hash: _hash, ...parts }: Rules): Omit<Rules, 'hash'> {
  return parts;
}

function summaryFindings({ journal, rules, calendar, summary }: Dossier): readonly DossierFinding[] {
  try {
    const entries = journal.map((row) => openEntry(row).entry);
    // As a file has it: what JSON leaves out is not there.
    const again: unknown = JSON.parse(JSON.stringify(summaryOf(entries, rules, calendar)));
    if (canonicalText(again) === canonicalText(summary)) return [];
  } catch {
    // What cannot be worked out is not what the file says.
  }
  return [{ place: 'summary', message: { zh: '与日志不符', en: 'it is not what the journal says' } }];
}

/** Without a key to hold it against, a seal says nothing; a dossier whose server had no key bears none. */
function sealFindings(dossier: Dossier, keys: ReadonlyMap<string, KeyObject>): readonly DossierFinding[] {
  if (dossier.seal === undefined || isSealed(dossier, keys)) return [];
  return [
    { place: 'seal', message: { zh: '签名不实，或密钥不受信任', en: 'it does not hold, or its key is not trusted' } },
  ];
}

function checkCheckpoint(
  { case: id, journal, checkpoint }: Dossier,
  keys: ReadonlyMap<string, KeyObject>,
): { readonly found: readonly DossierFinding[]; readonly vouched?: DossierCheck['vouched'] } {
  if (checkpoint === undefined) return { found: [] };
  const opened = openCheckpoint(checkpoint.document, keys);
  const wrong = (zh: string, en: string) => ({ found: [{ place: 'checkpoint', message: { zh, en } }] });
  if (opened === undefined)
    return wrong('签名不实，或密钥不受信任', 'its signature does not hold, or its key is not trusted');
  if (sha256(checkpoint.heads) !== opened.changes)
    return wrong('各末条与签名不符', 'its heads are not those that were signed');
  const head = parseLines(checkpoint.heads).find((line) => line.kind === 'case' && line.id === id);
  if (head === undefined) return wrong('其中没有这个案件', 'it does not name this case');
  if (journal.find(({ seq }) => seq === head.seq)?.hash !== head.hash) {
    return wrong('日志与所签的末条不符', 'the journal is not the one that was signed');
  }
  return { found: [], vouched: { entry: head.seq, at: opened.at } };
}

/** What is no key opens nothing. */
function keysOf(pems: readonly string[]): ReadonlyMap<string, KeyObject> {
  const keys = new Map<string, KeyObject>();
  for (const pem of pems) {
    try {
      const key = createPublicKey(pem);
      keys.set(keyId(key), key);
    } catch {}
  }
  return keys;
}
