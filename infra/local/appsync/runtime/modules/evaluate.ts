import { context } from './context.ts';
import { isFields, type Fields } from './primordials.ts';
import { beginRun, type Given, type Run } from './run.ts';
import { EarlyReturn, RaisedError } from './signals.ts';

type Handler = (context: Fields) => unknown;
export type Handlers = Readonly<Record<string, Handler>>;

/**
 * Calls a handler; takes and answers JSON, so that no object passes between the realms. The answer has three lines: the
 * stash, the result, and what else the handler left behind, empty where that is nothing. So the host need not parse what only goes on to the
 * next handler.
 *
 * @param instantiate - runs the code's top level anew, so that nothing stays from one request to the next
 */
export function evaluate(instantiate: () => Handlers, handler: string, given: Given): string {
  const run = beginRun(given);
  try {
    const call = instantiate()[handler];
    return write(run, call?.(context));
  } catch (signal) {
    if (signal instanceof EarlyReturn) return writeEarlyReturn(run, signal);
    return writeError(run, signal);
  }
}

function writeEarlyReturn(run: Run, { result, skipTo }: EarlyReturn): string {
  try {
    return write(run, result, { earlyReturn: { skipTo } });
  } catch (failure) {
    return writeError(run, failure);
  }
}

function writeError(run: Run, signal: unknown): string {
  const error = signal instanceof RaisedError ? raised(signal) : failed(signal, run);
  try {
    return write(run, null, { error });
  } catch (failure) {
    // Data that is no JSON, in the error itself or in the stash.
    return `{}\nnull\n${JSON.stringify({ error: failed(failure, run), logs: run.logs })}`;
  }
}

function write(run: Run, result: unknown, ending?: Fields): string {
  const { given, parts } = run;
  const stash = parts.stash === undefined ? given.stash : JSON.stringify(parts.stash);
  // A function or a symbol has no JSON.
  const written = JSON.stringify(result ?? null) ?? 'null';
  return `${stash}\n${written}\n${writeRest(run, ending)}`;
}

/** Most handlers leave nothing but a result and a stash: what is empty is not written, the host knows what its absence means. */
function writeRest(run: Run, ending: Fields | undefined): string {
  const rest: Fields = { ...ending };
  let isNothing = ending === undefined;
  for (const name of effects) {
    const effect = run[name];
    if (effect === undefined || isEmpty(effect)) continue;
    rest[name] = effect;
    isNothing = false;
  }
  return isNothing ? '' : JSON.stringify(rest);
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
