import type { Fields } from './primordials.ts';
import { codeError } from './signals.ts';

/** An error beside the result. */
export interface AppendedError {
  message: string;
  type: string | null;
  data: unknown;
  errorInfo: unknown;
}

/** A handler's context as the host writes it, each part as JSON: most handlers read little of it. */
export interface Given {
  readonly args: string;
  readonly source: string;
  readonly stash: string;
  readonly result: string;
  readonly prev: string;
  readonly error: string;
  readonly identity: string;
  readonly env: string;
  readonly info: string;
}

/** The parts of the context that were read in this run; undefined: not yet. */
export interface Parts {
  arguments: unknown;
  identity: unknown;
  source: unknown;
  stash: unknown;
  result: unknown;
  prev: unknown;
  error: unknown;
  request: unknown;
  env: unknown;
  info: unknown;
}

/** Everything that one call of a handler leaves behind beside its result. */
export interface Run {
  readonly given: Given;
  readonly parts: Parts;
  iterations: number;
  calls: number;
  headerBytes: number;
  readonly logs: string[];
  readonly appendedErrors: AppendedError[];
  readonly responseHeaders: Record<string, string>;
  readonly cacheEvictions: { typeName: string; fieldName: string; keyValuePair: unknown }[];
  readonly subscriptionInvalidations: { subscriptionField: string; payload: Fields }[];
  subscriptionFilter: unknown;
  subscriptionInvalidationFilter: unknown;
}

/** "Iterations of a loop": https://docs.aws.amazon.com/general/latest/gr/appsync.html */
const maximumIterations = 1_000;

/** Far above what any handler needs, and reached within milliseconds by one that calls itself without end. */
const maximumCalls = 2_000_000;

/** Handlers are synchronous and never run inside one another, so there is one run at a time. */
let current: Run | undefined;

export function beginRun(given: Given): Run {
  current = {
    given,
    parts: {
      arguments: undefined,
      identity: undefined,
      source: undefined,
      stash: undefined,
      result: undefined,
      prev: undefined,
      error: undefined,
      request: undefined,
      env: undefined,
      info: undefined,
    },
    iterations: 0,
    calls: 0,
    headerBytes: 0,
    logs: [],
    appendedErrors: [],
    responseHeaders: {},
    cacheEvictions: [],
    subscriptionInvalidations: [],
    subscriptionFilter: undefined,
    subscriptionInvalidationFilter: undefined,
  };
  return current;
}

export function currentRun(): Run {
  if (!current) throw codeError('No handler is running');
  return current;
}

/** At the start of every loop body. */
export function countIteration(): void {
  const run = currentRun();
  run.iterations += 1;
  if (run.iterations > maximumIterations)
    throw codeError(`Loops of one run may have ${maximumIterations} iterations in all`);
}

/** At the start of every function. */
export function countCall(): void {
  const run = currentRun();
  run.calls += 1;
  if (run.calls > maximumCalls)
    throw codeError(`One run may make ${maximumCalls} function calls: is there a recursion?`);
}
