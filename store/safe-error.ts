/** What may be logged of an error: enough to find it, nothing that somebody wrote. */

export interface SafeError {
  readonly name: string;
  /** SQLSTATE, or the code of Node or Temporal. */
  readonly code?: string;
  /** Absent where it could quote what was sent. */
  readonly message?: string;
  /** Where it was thrown. */
  readonly at?: readonly string[];
  readonly cause?: SafeError;
}

const MOST_FRAMES = 8;
const LONGEST = 300;
const MAIL = /[^\s<>()"',;:]+@[^\s<>()"',;:]+/g;

/** JSON and schema errors quote what they could not read; SQLSTATE classes 22 and 23 quote the values. */
function quotes(error: Error, code: string | undefined): boolean {
  return error instanceof SyntaxError || error.name === 'ZodError' || /^2[23]\w{3}$/.test(code ?? '');
}

export function safeError(error: unknown): SafeError {
  if (!(error instanceof Error)) return { name: typeof error };
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    name: error.name,
    ...(code !== undefined && { code }),
    ...(!quotes(error, code) && { message: error.message.replaceAll(MAIL, '…@…').slice(0, LONGEST) }),
    ...(frames.length > 0 && { at: frames.slice(0, MOST_FRAMES).map((line) => line.trim()) }),
    ...(error.cause !== undefined && { cause: safeError(error.cause) }),
  };
}
