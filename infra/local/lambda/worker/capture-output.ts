import { format } from 'node:util';
import type { ErrorReport } from './messages.ts';

export interface CaptureOptions {
  readonly format: 'Text' | 'JSON';
  /** The least level that is written, in JSON format. */
  readonly level: string;
  requestId(): string | undefined;
  write(messages: readonly string[]): void;
}

export interface Output {
  /** Writes an error that the runtime itself reports. */
  error(title: string, report: ErrorReport, thrown: unknown): void;
}

const levels = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];
const methods = { trace: 'TRACE', debug: 'DEBUG', log: 'INFO', info: 'INFO', warn: 'WARN', error: 'ERROR' } as const;

/**
 * Gives the function's output to the host: messages of `console` as Lambda dresses them up, and what is written to
 * stdout and stderr directly (Powertools does) line by line as it is. Source: Lambda developer guide, "Log and monitor
 * Node.js Lambda functions".
 */
export function captureOutput({ format: logFormat, level, requestId, write }: CaptureOptions): Output {
  const least = levels.indexOf(level);

  const logText = (name: string, message: string): void => {
    write([`${new Date().toISOString()}\t${requestId() ?? 'undefined'}\t${name}\t${message}`]);
  };
  const logJson = (name: string, values: readonly unknown[]): void => {
    if (levels.indexOf(name) < least) return;
    const [first] = values;
    const plain = values.length === 1 && typeof first === 'object' && first !== null && !(first instanceof Error);
    const problem = values.find((value) => value instanceof Error);
    const entry = {
      timestamp: new Date().toISOString(),
      level: name,
      requestId: requestId(),
      message: plain ? first : format(...values),
      ...(problem instanceof Error ? describeJsonError(problem) : {}),
    };
    write([stringify(entry)]);
  };

  for (const [method, name] of Object.entries(methods) as [keyof typeof methods, string][]) {
    console[method] = (...values: unknown[]) =>
      logFormat === 'JSON' ? logJson(name, values) : logText(name, format(...values));
  }
  for (const stream of [process.stdout, process.stderr]) captureStream(stream, write);

  return {
    error(title, { errorType, errorMessage, trace = [] }, thrown) {
      if (logFormat === 'JSON') logJson('ERROR', [thrown]);
      else logText('ERROR', `${title} \t${JSON.stringify({ errorType, errorMessage, stack: trace })}`);
    },
  };
}

function captureStream(stream: NodeJS.WriteStream, write: (messages: readonly string[]) => void): void {
  let rest = '';
  stream.write = (
    chunk: Uint8Array | string,
    encodingOrDone?: BufferEncoding | ((error?: Error | null) => void),
    done?: (error?: Error | null) => void,
  ): boolean => {
    const lines = (rest + (typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString('utf8'))).split('\n');
    rest = lines.pop() ?? '';
    const messages = lines.filter((line) => line !== '');
    if (messages.length > 0) write(messages);
    const callback = typeof encodingOrDone === 'function' ? encodingOrDone : done;
    if (callback) process.nextTick(callback);
    return true;
  };
}

function describeJsonError(error: Error) {
  return { errorType: error.name, errorMessage: error.message, stackTrace: (error.stack ?? '').split('\n').slice(1) };
}

function stringify(entry: { readonly message: unknown }): string {
  try {
    return JSON.stringify(entry);
  } catch {
    // Circular, or a bigint: shown as text instead.
    return JSON.stringify({ ...entry, message: format(entry.message) });
  }
}
