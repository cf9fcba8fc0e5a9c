/** Which stage each word of an export stands for: only where it is a title or alias of the playbook's own. A stage is never guessed. */

import type { Pipeline } from '../../playbook/pipeline.ts';
import { foldWord } from '../words.ts';
import { LOST_WORDS, WON_WORDS } from './header-words.ts';

/** What a word was found to be, in the form a mapping writes it. */
export type WordGuess =
  | { readonly is: 'stage'; readonly stage: string; readonly by: string }
  | { readonly is: 'won' | 'lost'; readonly by: string }
  | { readonly is: 'open'; readonly several?: readonly string[] };

/** The alias under which a playbook names the win itself. */
const SIGNED = 'signed';

/** @param pipeline absent: only the ends of deals are known by their words */
export function stageWords(pipeline: Pipeline | undefined): (word: string) => WordGuess {
  const known = new Map<string, Map<string, string>>();
  const add = (word: string, stage: string, by: string): void => {
    const folded = foldWord(word);
    const stages = known.get(folded) ?? new Map<string, string>();
    if (!stages.has(stage)) stages.set(stage, by);
    known.set(folded, stages);
  };
  for (const { stage, title } of pipeline?.stages ?? []) {
    add(stage, stage, 'id');
    for (const text of [title.zh, title.en]) add(text, stage, 'title');
  }
  for (const [set, names] of Object.entries(pipeline?.aliases ?? {})) {
    for (const [stage, { zh, en }] of Object.entries(names))
      for (const text of [zh, en]) add(text, stage, `alias ${set}`);
  }
  return (word) => {
    const found = [...(known.get(foldWord(word)) ?? [])];
    const [only, another] = found;
    if (another !== undefined) return { is: 'open', several: found.map(([stage]) => stage) };
    if (only !== undefined)
      return only[0] === SIGNED ? { is: 'won', by: only[1] } : { is: 'stage', stage: only[0], by: only[1] };
    if (WON_WORDS.has(foldWord(word))) return { is: 'won', by: 'word' };
    return LOST_WORDS.has(foldWord(word)) ? { is: 'lost', by: 'word' } : { is: 'open' };
  };
}

/** The pipeline whose own words the most rows use; none where no row uses any. */
export function likeliestPipeline(
  pipelines: readonly Pipeline[],
  words: ReadonlyMap<string, number>,
): { readonly pipeline: Pipeline; readonly rows: number } | undefined {
  const scored = pipelines.map((pipeline) => {
    const guess = stageWords(pipeline);
    const rows = [...words].reduce((sum, [word, count]) => sum + (guess(word).is === 'stage' ? count : 0), 0);
    return { pipeline, rows };
  });
  const [best, second] = scored.sort((a, b) => b.rows - a.rows);
  if (best === undefined) return undefined;
  if (second === undefined) return best;
  return best.rows > 0 && best.rows > second.rows ? best : undefined;
}
