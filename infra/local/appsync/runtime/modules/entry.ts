import { builtins, writeLog } from './builtins.ts';
import { dynamodbModule } from './dynamodb/index.ts';
import { evaluate, type Handlers } from './evaluate.ts';
import { extensions } from './extensions.ts';
import { freezeAll, harden, type AllowedMethods } from './harden.ts';
import { installHost } from './host.ts';
import { countCall, countIteration } from './run.ts';
import { runtime } from './runtime.ts';
import { codeError } from './signals.ts';
import { util } from './util/index.ts';

/** What compiled code is given: AppSync's globals, its modules, and the guards of its loops and functions. */
const environment = {
  ...builtins,
  util,
  extensions,
  runtime,
  modules: {
    '@aws-appsync/utils': { util, extensions, runtime },
    '@aws-appsync/utils/dynamodb': dynamodbModule,
  },
  countCall,
  countIteration,
  logAt:
    (level: 'INFO' | 'ERROR', place: string) =>
    (...values: unknown[]) =>
      writeLog(level, place, values),
};

/** The parts of a context, as JSON, in this order. */
type Written = [
  ...own: [args: string, source: string, stash: string, result: string, prev: string, error: string],
  ...shared: [identity: string, env: string, info: string],
];

type Factory = (given: typeof environment) => () => Handlers;

/**
 * Starts the realm, once. The functions of the host take and return primitives; they are called only from within
 * closures of the modules and are never handed on.
 *
 * @returns makes an evaluator of compiled code, which again takes and returns strings only
 */
export function start(
  randomHex: (bytes: number) => string,
  now: () => number,
  request: () => string,
  allowedJson: string,
) {
  installHost({
    randomHex: (bytes) => guarded(() => randomHex(bytes)),
    now: () => guarded(now),
    request: () => guarded(request),
  });
  freezeAll(environment);
  harden(JSON.parse(allowedJson) as AllowedMethods);
  return (factory: Factory) => {
    const instantiate = factory(environment);
    // One list of strings, since an object would be one of the host's.
    return (handler: string, ...[args, source, stash, result, prev, error, identity, env, info]: Written) =>
      evaluate(instantiate, handler, { args, source, stash, result, prev, error, identity, env, info });
  };
}

/** An error of the host is an object of the host: it must not come into this realm, whatever raised it. */
function guarded<Result>(call: () => Result): Result {
  try {
    return call();
  } catch {
    throw codeError('The host failed');
  }
}
