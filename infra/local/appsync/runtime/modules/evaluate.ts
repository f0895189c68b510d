import { createContext } from './context.ts';
import { isFields, type Fields } from './primordials.ts';
import { beginRun, type Given, type Run } from './run.ts';
import { EarlyReturn, RaisedError } from './signals.ts';

type Handler = (context: Fields) => unknown;
export type Handlers = Readonly<Record<string, Handler>>;

/**
 * Calls a handler; takes and answers JSON, so that no object passes between the realms.
 *
 * @param instantiate - runs the code's top level anew, so that nothing stays from one request to the next
 */
export function evaluate(instantiate: () => Handlers, handler: string, given: Given): string {
  const run = beginRun(given);
  const context = createContext(given);
  try {
    const call = instantiate()[handler];
    const result = call?.(context) ?? null;
    return serialize(run, context, { result });
  } catch (signal) {
    if (signal instanceof EarlyReturn) return serializeEarlyReturn(run, context, signal);
    return serializeError(run, context, signal);
  }
}

function serializeEarlyReturn(run: Run, context: Fields, { result, skipTo }: EarlyReturn): string {
  try {
    return serialize(run, context, { result: result ?? null, earlyReturn: { skipTo } });
  } catch (failure) {
    return serializeError(run, context, failure);
  }
}

function serializeError(run: Run, context: Fields, signal: unknown): string {
  const error = signal instanceof RaisedError ? raised(signal) : failed(signal, run);
  try {
    return serialize(run, context, { result: null, error });
  } catch (failure) {
    // Data that is no JSON, in the error itself or in the stash.
    return JSON.stringify({ stash: {}, result: null, error: failed(failure, run), logs: run.logs });
  }
}

/** Most handlers have but a result and a stash, so what is empty is not written: the host knows what its absence means. */
function serialize(run: Run, context: Fields, outcome: Fields): string {
  let text = `{"stash":${JSON.stringify(context.stash)}`;
  for (const name of Object.keys(outcome)) text += `,"${name}":${JSON.stringify(outcome[name]) ?? 'null'}`;
  for (const name of effects) {
    const effect = run[name];
    if (effect === undefined || isEmpty(effect)) continue;
    text += `,"${name}":${JSON.stringify(effect)}`;
  }
  return `${text}}`;
}

const effects = [
  'logs',
  'appendedErrors',
  'responseHeaders',
  'cacheEvictions',
  'subscriptionInvalidations',
  'subscriptionFilter',
  'subscriptionInvalidationFilter',
] as const;

function isEmpty(effect: unknown): boolean {
  return Array.isArray(effect) ? effect.length === 0 : isFields(effect) && Object.keys(effect).length === 0;
}

function raised({ message, type, data, errorInfo }: RaisedError): Fields {
  return { message, type, data, errorInfo };
}

/** An error of the code itself: AppSync tells the client nothing of it, and the log where it was. */
function failed(signal: unknown, run: Run): Fields {
  const error = signal as Partial<Error>;
  // The realm's stacks are places: see place.ts.
  const place = String(error.stack ?? '');
  const detail = `code.js${place === '' ? '' : `:${place}`}: ${String(error.name)}: ${String(error.message)}`;
  run.logs.push(`ERROR - ${detail}`);
  return { message: 'Runtime Error', type: 'Code', data: null, errorInfo: null, detail };
}
