/** A mapping in the making: lines with their evidence, and the questions that the file leaves open. */

import type { Lang, Text } from '../../playbook/text.ts';
import { withComment } from './yaml-text.ts';

export class SuggestionDraft {
  readonly lines: string[] = [];
  readonly questions: string[] = [];
  private readonly lang: Lang;

  constructor(lang: Lang) {
    this.lang = lang;
  }

  say({ zh, en }: Text): string {
    return this.lang === 'zh' ? zh : en;
  }

  add(line: string, comment?: Text): void {
    this.lines.push(withComment(line, comment && this.say(comment)));
  }

  note(comment: Text): void {
    this.lines.push(`# ${this.say(comment)}`);
  }

  /** A line that ends in `"?"`, and the question it asks. */
  ask(line: string, question: Text): void {
    const asked = this.say(question);
    this.questions.push(asked);
    this.lines.push(withComment(line, asked));
  }
}

/** `95 %: ` and why. @param confidence 0 to 1 */
export function sure(confidence: number, why: Text): Text {
  const percent = `${Math.round(confidence * 100)} %`;
  return { zh: `${percent}：${why.zh}`, en: `${percent}: ${why.en}` };
}
