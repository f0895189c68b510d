import { createContext } from './context.ts';
import { isFields, type Fields } from './primordials.ts';
import { beginRun, type Run } from './run.ts';
import { EarlyReturn, RaisedError } from './signals.ts';

type Handler = (context: Fields) => unknown;
export type Handlers = Readonly<Record<string, Handler>>;

/**
 * Calls a handler; takes and answers JSON, so that no object passes between the realms.
 *
 * @param instantiate - runs the code's top level anew, so that nothing stays from one request to the next
 */
export function evaluate(instantiate: () => Handlers, handler: string, contextJson: string): string {
  const given = JSON.parse(contextJson) as Fields;
  const info = isFields(given.info) ? given.info : {};
  const run = beginRun(given.identity, String(info.fieldName ?? ''), String(info.parentTypeName ?? ''));
  const context = createContext(given);
  try {
    const result = instantiate()[handler]?.(context) ?? null;
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
    return JSON.stringify({ result: null, stash: {}, error: failed(failure, run), logs: run.logs, appendedErrors: [] });
  }
}

function serialize(run: Run, context: Fields, outcome: Fields): string {
  const { logs, appendedErrors, responseHeaders, cacheEvictions, subscriptionInvalidations } = run;
  const { subscriptionFilter, subscriptionInvalidationFilter } = run;
  const effects = { responseHeaders, cacheEvictions, subscriptionInvalidations };
  const filters = { subscriptionFilter, subscriptionInvalidationFilter };
  return JSON.stringify({ ...outcome, stash: context.stash, logs, appendedErrors, ...effects, ...filters });
}

function raised({ message, type, data, errorInfo }: RaisedError): Fields {
  return { message, type, data, errorInfo };
}

/** An error of the code itself: AppSync tells the client nothing of it, and the log where it was. */
function failed(signal: unknown, run: Run): Fields {
  const error = signal as Partial<Error>;
  const place = /code\.js:(\d+:\d+)/.exec(String(error.stack))?.[1];
  const detail = `code.js${place === undefined ? '' : `:${place}`}: ${String(error.name)}: ${String(error.message)}`;
  run.logs.push(`ERROR - ${detail}`);
  return { message: 'Runtime Error', type: 'Code', data: null, errorInfo: null, detail };
}
