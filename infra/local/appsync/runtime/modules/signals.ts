/** An error that resolver code raises, or that AppSync raises for it. It ends the handler. */
export class RaisedError extends Error {
  constructor(
    message: string,
    readonly type: string | null = null,
    readonly data: unknown = null,
    readonly errorInfo: unknown = null,
  ) {
    super(message);
  }
}

/** runtime.earlyReturn: it ends the handler, with a result. */
export class EarlyReturn extends Error {
  constructor(readonly result: unknown, readonly skipTo: 'END' | 'NEXT' | undefined) {
    super('earlyReturn');
  }
}

/** AppSync's answer to code that fails by itself. */
export function codeError(message: string): RaisedError {
  return new RaisedError(message, 'Code');
}
