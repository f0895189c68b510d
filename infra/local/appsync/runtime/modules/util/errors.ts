import { isFields, toText } from '../primordials.ts';
import { currentRun } from '../run.ts';
import { RaisedError } from '../signals.ts';

/** Ends the handler with an error of the resolver's own. */
export function error(message: unknown, type?: unknown, data?: unknown, errorInfo?: unknown): never {
  throw new RaisedError(toText(message), typeOf(type), data ?? null, errorInfo ?? null);
}

/** Adds an error beside the result. */
export function appendError(message: unknown, type?: unknown, data?: unknown, errorInfo?: unknown): void {
  currentRun().appendedErrors.push({
    message: toText(message),
    type: typeOf(type),
    data: data ?? null,
    errorInfo: errorInfo ?? null,
  });
}

export function unauthorized(): never {
  const given: unknown = JSON.parse(currentRun().given.info);
  const { fieldName = '', parentTypeName = '' } = isFields(given) ? given : {};
  throw new RaisedError(
    `Not Authorized to access ${String(fieldName)} on type ${String(parentTypeName)}`,
    'Unauthorized',
  );
}

function typeOf(type: unknown): string | null {
  return type === undefined || type === null ? null : toText(type);
}
