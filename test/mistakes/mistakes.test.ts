import { expect, test } from 'vitest';
import { mistakes, shippedPlaybooks } from './mistakes.ts';
import { appendFileSync, writeFileSync } from 'node:fs';
test('x', () => {
  const n = Number(process.env['MUTATIONS'] ?? 300);
  writeFileSync('/tmp/y-told.txt', '');
  let c = { all: 0, silent: 0, off: 0, twice: 0 };
  for (const t of mistakes(shippedPlaybooks(), n, Number(process.env['SEED'] ?? 1))) {
    c.all++; if (!t.isTold) c.silent++; else { if (!t.isOnLine) c.off++; if (!t.isOnce) c.twice++; }
    const mark = !t.isTold ? 'SILENT' : !t.isOnLine ? 'OFF' : !t.isOnce ? 'TWICE' : 'ok';
    appendFileSync('/tmp/y-told.txt', `${mark} [${t.what}] ${t.place} ${t.line.trim().slice(0, 150)}\n${t.diagnostics.slice(0, 4).map((d) => `     ${d.at.file}:${d.at.line}:${d.at.col} ${d.message.en} [${d.code}] ${d.hint?.en ?? ''}\n     ${d.message.zh} ${d.hint?.zh ?? ''}\n`).join('')}`);
  }
  console.log(c);
}, 600_000);
