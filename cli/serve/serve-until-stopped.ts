/** Runs `serve` from its first line to its last: up, ready, until somebody or something stops it, down. */

import { renderDiagnostics } from '../../engine/language/diagnostics/render.ts';
import type { Lang } from '../../engine/playbook/text.ts';
import { messageOf, type Say } from '../../workers/embedded/setup-error.ts';
import { CliExit, EXIT } from '../exit-codes.ts';
import { sayIn } from '../lang.ts';
import { importSample } from './import-sample.ts';
import { readyLines } from './ready-lines.ts';
import { PlaybookErrors, runServe, type ServeOptions, type Serving } from './run-serve.ts';
import { createStops, type Stops } from './stops.ts';
import { untilAskedToStop } from './until-asked-to-stop.ts';

/** @throws CliExit when the playbooks have errors or a part was lost; SetupError when something cannot be had. */
export async function serveUntilStopped(options: ServeOptions, lang: Lang): Promise<void> {
  const say = sayIn(lang);
  const print = (line: string) => process.stdout.write(`${line}\n`);
  const stops = createStops((error) => process.stderr.write(`${messageOf(error)}\n`));
  const asked = untilAskedToStop();
  const serving = startUp(options, (line) => print(line[lang]), stops, asked);
  try {
    const first = await Promise.race([asked, serving]);
    if (first !== 'asked') {
      for (const line of await readyLines(first, options.data, say)) print(line);
      const end = await Promise.race([asked, first.failed]);
      if (end instanceof Error) throw new CliExit(EXIT.fault, { zh: end.message, en: end.message });
    }
    print(say('正在停止（再按一次 Ctrl-C 强制退出）', 'stopping (Ctrl-C again to force)'));
  } catch (error) {
    if (!(error instanceof PlaybookErrors)) throw error;
    process.stderr.write(`${renderDiagnostics(error.diagnostics, error.files, lang)}\n`);
    throw new CliExit(EXIT.no, { zh: '剧本有错误，没有启动', en: 'the playbooks have errors: nothing was started' });
  } finally {
    // Stopped in the middle of a start: what is being started now is stopped once it has.
    await serving.catch(() => undefined);
    await stops.run();
  }
  print(say('已停止', 'stopped'));
}

/** Up, and with `--sample` filled; the sample is waited for no longer once a stop is asked for or a part is lost. */
async function startUp(options: ServeOptions, say: Say, stops: Stops, asked: Promise<unknown>): Promise<Serving> {
  const serving = await runServe(options, say, stops);
  if (options.sample !== true) return serving;
  const given = new AbortController();
  void Promise.race([asked, serving.failed]).then(() => given.abort());
  await importSample(serving, say, given.signal);
  return serving;
}
