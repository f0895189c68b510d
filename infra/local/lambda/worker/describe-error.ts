import { types } from 'node:util';
import type { ErrorReport } from './messages.ts';

/** Source: Lambda developer guide, "AWS Lambda function errors in Node.js". */
export function describeError(thrown: unknown): ErrorReport {
  if (isError(thrown)) {
    return {
      errorType: String(thrown.name),
      errorMessage: String(thrown.message),
      trace: String(thrown.stack ?? '').split('\n'),
    };
  }
  return { errorType: typeof thrown, errorMessage: describeValue(thrown), trace: [] };
}

export function describeRejection(reason: unknown): ErrorReport {
  const { errorType, errorMessage, trace = [] } = describeError(reason);
  const message = isError(reason) ? `${errorType}: ${errorMessage}` : errorMessage;
  return { errorType: 'Runtime.UnhandledPromiseRejection', errorMessage: message, trace };
}

/** Errors of other contexts (node:vm) are no instances of this one's Error. */
function isError(thrown: unknown): thrown is Error {
  return types.isNativeError(thrown) || thrown instanceof Error;
}

function describeValue(value: unknown): string {
  try {
    return String(value);
  } catch {
    return Object.prototype.toString.call(value);
  }
}

/** A fault of the function's package rather than of its code's run: `Runtime.ImportModuleError` for one. */
export class RuntimeError extends Error {
  constructor(override readonly name: string, message: string, options?: ErrorOptions) {
    super(message, options);
  }
}
