/** A file as it was found: its text, or why there is none. */

/** Why a file has no text; each is a diagnostic of its own. */
export type FileFault = 'not-a-file' | 'unreadable-file';

export interface SourceFile {
  /** Relative to the playbook folder, with `/`. */
  readonly path: string;
  /** Empty where there is a fault. Only the first `MAX_BYTES` and one more need be read. */
  readonly text: string;
  readonly fault?: FileFault;
}

/** The text without the byte order mark that some editors put before it: columns count from what can be seen. */
export function textOf({ text }: SourceFile): string {
  return text.startsWith('\ufeff') ? text.slice(1) : text;
}
