import { AwsError } from '../../errors.ts';
import type { Clock } from '../../service.ts';
import type { ErrorReport } from '../worker/messages.ts';
import type { FunctionDocument } from '../model.ts';
import type { FunctionWorker } from './function-worker.ts';
import { InitError, type Invocation, type Outcome } from './outcome.ts';
import type { StartWorker } from './start-worker.ts';

export interface PoolLimits {
  /** Workers of one function. */
  readonly perFunction: number;
  /** Workers of all functions. */
  readonly total: number;
  /** Events that wait for one function. */
  readonly queue: number;
  /** Milliseconds after which a worker without work ends. */
  readonly idle: number;
  /** Milliseconds that an event waits for a warm worker to be free before a further worker starts. */
  readonly patience: number;
  /** Milliseconds that running events have to end when the pool stops. */
  readonly farewell: number;
}

export interface Pool {
  /** Runs an event on a worker of the function, now or when one is free. */
  run(document: FunctionDocument, invocation: Invocation): Promise<Outcome>;
  /**
   * Starts a worker of a function that has none, if there is plenty of room; resolves when it is ready or has failed, and
   * what failed is said by the first event. AWS initializes ahead too, after a deployment for one. Source: Lambda developer
   * guide, "Understanding the Lambda execution environment lifecycle".
   */
  warm(document: FunctionDocument): Promise<void>;
  /** The function is another one now, or gone: workers of before end as soon as they are free. */
  refresh(name: string, latest: FunctionDocument | undefined): void;
  /** Ends workers that have been idle too long. */
  sweep(): void;
  stop(): Promise<void>;
}

interface Waiting {
  readonly invocation: Invocation;
  resolve(outcome: Outcome): void;
  reject(error: unknown): void;
}

interface Group {
  document: FunctionDocument;
  starting: number;
  growth: NodeJS.Timeout | undefined;
  readonly queue: Waiting[];
  readonly idle: { readonly worker: FunctionWorker; readonly since: number }[];
  readonly busy: Set<FunctionWorker>;
}

/** Credentials have to last for the whole of an invocation, and some more. */
const credentialsMargin = 60_000;

/**
 * Warm workers by function. A free one is taken at once; a further one is started only if an event has waited a little,
 * since a warm worker is free in a millisecond where a new one takes a hundred and its memory. At the bound of the whole
 * process an idle worker of another function gives way; if none is idle, functions without any worker come first, in turn.
 */
export function createPool(startWorker: StartWorker, clock: Clock, limits: PoolLimits): Pool {
  const groups = new Map<string, Group>();
  const starved = new Set<Group>();
  /** What stop() has to wait for: workers that start, run an event, or end. */
  const pending = new Set<Promise<void>>();
  let total = 0;
  let stopped = false;

  const size = (group: Group): number => group.starting + group.busy.size + group.idle.length;
  const isCurrent = (group: Group, worker: FunctionWorker): boolean =>
    !worker.ended &&
    worker.document.revision === group.document.revision &&
    worker.expiresAt - clock.now() > group.document.timeout * 1000 + credentialsMargin;

  const end = (worker: FunctionWorker): void => {
    track(
      worker.end().finally(() => {
        total -= 1;
        feedStarved();
      }),
    );
  };

  const track = (task: Promise<void>): void => {
    const tracked = task.finally(() => pending.delete(tracked));
    pending.add(tracked);
  };

  const feedStarved = (): void => {
    for (const group of [...starved]) {
      if (total >= limits.total && !canEvict(group)) return;
      starved.delete(group);
      dispatch(group);
    }
  };

  const canEvict = (except: Group): boolean =>
    [...groups.values()].some((group) => group !== except && group.idle.length > 0);

  /** Ends the worker that has been idle for longest; its place is free when it has ended. */
  const evict = (except: Group): boolean => {
    let oldest: Group | undefined;
    for (const group of groups.values()) {
      if (group === except || group.idle.length === 0) continue;
      if (!oldest || (group.idle[0]?.since ?? 0) < (oldest.idle[0]?.since ?? 0)) oldest = group;
    }
    const victim = oldest?.idle.shift();
    if (victim) end(victim.worker);
    return victim !== undefined;
  };

  const dispatch = (group: Group): void => {
    while (group.queue.length > 0) {
      const ready = group.idle.pop();
      if (ready) {
        if (isCurrent(group, ready.worker)) assign(group, ready.worker);
        else end(ready.worker);
        continue;
      }
      // Workers that are starting will take what waits.
      if (group.starting >= group.queue.length || size(group) >= capacity(group, limits)) return;
      if (size(group) > 0) {
        group.growth ??= setTimeout(() => {
          group.growth = undefined;
          if (group.queue.length > 0 && size(group) < capacity(group, limits)) grow(group);
          dispatch(group);
        }, limits.patience);
        return;
      }
      if (!grow(group)) return;
    }
  };

  /** Starts a worker, or has the group wait for a place. */
  const grow = (group: Group): boolean => {
    if (total >= limits.total) {
      starved.add(group);
      evict(group);
      return false;
    }
    total += 1;
    group.starting += 1;
    const started = startWorker(group.document).then(
      (worker) => {
        group.starting -= 1;
        // A new worker serves at least one event: if it gave way at once, functions could start workers in turn for ever.
        if (worker.document.revision === group.document.revision) assign(group, worker);
        else settle(group, worker);
      },
      (error: unknown) => {
        total -= 1;
        group.starting -= 1;
        const waiting = group.queue.shift();
        if (waiting) failInit(waiting, error);
        dispatch(group);
        feedStarved();
      },
    );
    track(started);
    return true;
  };

  const assign = (group: Group, worker: FunctionWorker): void => {
    const waiting = stopped ? undefined : group.queue.shift();
    if (!waiting) return settle(group, worker);
    group.busy.add(worker);
    const done = worker.run(waiting.invocation).then(
      (outcome) => {
        waiting.resolve(outcome);
        group.busy.delete(worker);
        settle(group, worker);
      },
      (error: unknown) => {
        waiting.reject(error);
        group.busy.delete(worker);
        end(worker);
      },
    );
    track(done);
  };

  /** A worker is free: it goes on, gives way to a function that has none, or is kept. */
  const settle = (group: Group, worker: FunctionWorker): void => {
    const givesWay = [...starved].some((other) => other !== group && size(other) === 0);
    if (stopped || givesWay || !isCurrent(group, worker)) end(worker);
    else group.idle.push({ worker, since: clock.now() });
    dispatch(group);
  };

  const groupOf = (document: FunctionDocument): Group => {
    const key = `${document.name}:${document.version}`;
    const existing = groups.get(key);
    if (existing) return existing;
    const group: Group = {
      document,
      starting: 0,
      growth: undefined,
      queue: [],
      idle: [],
      busy: new Set(),
    };
    groups.set(key, group);
    return group;
  };

  return {
    run(document, invocation) {
      if (stopped) throw new AwsError('ServiceException', 'The local cloud is stopping', 500);
      const group = groupOf(document);
      group.document = document;
      if (group.queue.length >= limits.queue || document.reservedConcurrency === 0) throw throttled(document);
      return new Promise((resolve, reject) => {
        group.queue.push({ invocation, resolve, reject });
        dispatch(group);
      });
    },

    async warm(document) {
      const group = groupOf(document);
      if (stopped || size(group) > 0 || total >= limits.total - limits.perFunction) return;
      grow(group);
      while (group.starting > 0) await Promise.race([...pending]);
    },

    refresh(name, latest) {
      for (const [key, group] of groups) {
        if (group.document.name !== name) continue;
        if (!latest) groups.delete(key);
        else if (group.document.version === latest.version) group.document = latest;
        for (const { worker } of group.idle.splice(0)) end(worker);
      }
    },

    sweep() {
      for (const [key, group] of groups) {
        while (group.idle[0] && clock.now() - group.idle[0].since > limits.idle) {
          const longest = group.idle.shift();
          if (longest) end(longest.worker);
        }
        if (size(group) === 0 && group.queue.length === 0) groups.delete(key);
      }
    },

    async stop() {
      stopped = true;
      for (const group of groups.values()) {
        clearTimeout(group.growth);
        for (const waiting of group.queue.splice(0)) {
          waiting.reject(new AwsError('ServiceException', 'The local cloud is stopping', 500));
        }
        for (const { worker } of group.idle.splice(0)) end(worker);
      }
      const deadline = setTimeout(() => {
        for (const group of groups.values()) for (const worker of group.busy) void worker.end();
      }, limits.farewell);
      while (pending.size > 0) await Promise.all(pending);
      clearTimeout(deadline);
    },
  };
}

function capacity({ document }: Group, { perFunction }: PoolLimits): number {
  return Math.min(perFunction, document.reservedConcurrency ?? perFunction);
}

function failInit(waiting: Waiting, error: unknown): void {
  if (!(error instanceof InitError)) return waiting.reject(error);
  const report: ErrorReport = error.report;
  waiting.resolve({ payload: JSON.stringify(report), failed: true, duration: 0, log: error.log });
}

function throttled(document: FunctionDocument): AwsError {
  const Reason =
    document.reservedConcurrency === undefined
      ? 'ConcurrentInvocationLimitExceeded'
      : 'ReservedFunctionConcurrentInvocationLimitExceeded';
  return new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429, { Reason, Type: 'User' });
}
