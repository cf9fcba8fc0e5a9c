/** Where workers log: a pino logger, or anything shaped like one. */

export interface Log {
  info(detail: object, message: string): void;
  warn(detail: object, message: string): void;
  error(detail: object, message: string): void;
}
