/*
 * What ends a handler. None is an Error: resolver code cannot catch them, and the stack that an Error takes costs more than
 * most handlers.
 */

/** An error that resolver code raises, or that AppSync raises for it. */
export class RaisedError {
  constructor(
    readonly message: string,
    readonly type: string | null = null,
    readonly data: unknown = null,
    readonly errorInfo: unknown = null,
  ) {}
}

/** runtime.earlyReturn, with a result. */
export class EarlyReturn {
  constructor(readonly result: unknown, readonly skipTo: 'END' | 'NEXT' | undefined) {}
}

/** AppSync's answer to code that fails by itself. */
export function codeError(message: string): RaisedError {
  return new RaisedError(message, 'Code');
}
