import { AwsError } from '../../errors.ts';
import type { Clock, Logs, State } from '../../service.ts';
import type { RandomBytes } from '../dependencies.ts';
import type { Registry, ResolvedFunction } from '../registry/registry.ts';
import type { QueuedInvocation } from '../model.ts';
import { uuid } from '../uuid.ts';
import { asynchronousPayloadLimit, checkPayload, type Invoke } from './invoker.ts';

/** Asynchronous invocations: accepted when durable, then run at least once. */
export interface InvocationQueue {
  /** Resolves with the request id when the event is on disk. */
  accept(target: ResolvedFunction, payload: string): Promise<string>;
  /** Runs what an earlier process accepted. */
  resume(): void;
  stop(): void;
}

export interface QueueDependencies {
  readonly state: State;
  readonly clock: Clock;
  readonly logs: Logs;
  readonly randomBytes: RandomBytes;
  readonly registry: Registry;
  readonly invoke: Invoke;
  /** Milliseconds before the second and the third attempt. Lambda waits one and two minutes. */
  readonly retryDelays: readonly number[];
}

/** An event that is still not run is given up. Source: Lambda API reference, MaximumEventAgeInSeconds. */
const maximumAge = 6 * 3600 * 1000;
const throttleDelay = 1000;

export function createInvocationQueue(dependencies: QueueDependencies): InvocationQueue {
  const { state, clock, logs, randomBytes, registry, invoke, retryDelays } = dependencies;
  const events = state.collection<QueuedInvocation>('lambda/queue');
  const timers = new Set<NodeJS.Timeout>();
  let stopped = false;

  const schedule = (event: QueuedInvocation, delay: number): void => {
    if (stopped) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      void attempt(event);
    }, delay);
    timers.add(timer);
  };

  const attempt = async (event: QueuedInvocation): Promise<void> => {
    try {
      if (clock.now() - event.acceptedAt > maximumAge) return await giveUp(event, 'it waited for too long');
      const problem = await runOnce(event);
      if (problem === undefined) return await events.delete(event.id);
      // The host is stopping, and what failed may have failed by that.
      if (stopped) return;
      const failures = event.failures + 1;
      const delay = retryDelays[event.failures];
      if (delay === undefined) return await giveUp(event, `${failures} attempts failed, the last with ${problem}`);
      const next = { ...event, failures };
      await events.put(event.id, next);
      schedule(next, delay);
    } catch {
      // The host is short of something (workers, its store): the event stays and is tried again.
      schedule(event, throttleDelay);
    }
  };

  /** Answers what failed; nothing if it went well. */
  const runOnce = async (event: QueuedInvocation): Promise<string | undefined> => {
    let target: ResolvedFunction;
    try {
      target = registry.resolve(event.functionArn);
    } catch (error) {
      if (error instanceof AwsError) return error.message;
      throw error;
    }
    const { failed, payload } = await invoke(target, event.payload, { requestId: event.id });
    if (!failed) return undefined;
    return (JSON.parse(payload) as { readonly errorType?: string }).errorType ?? 'an error';
  };

  const giveUp = async (event: QueuedInvocation, why: string): Promise<void> => {
    const name = event.functionArn.split(':')[6] ?? event.functionArn;
    const group = registry.find(name)?.logging.group ?? `/aws/lambda/${name}`;
    logs.write(group, 'asynchronous-invocations', [`ERROR RequestId: ${event.id} The event is dropped: ${why}`]);
    await events.delete(event.id);
  };

  return {
    async accept({ arn }, payload) {
      checkPayload(payload, 'Event', asynchronousPayloadLimit);
      const id = uuid(randomBytes);
      const event: QueuedInvocation = { id, functionArn: arn, payload, failures: 0, acceptedAt: clock.now() };
      await events.put(id, event);
      schedule(event, 0);
      return id;
    },
    resume() {
      for (const event of events.values()) schedule(event, 0);
    },
    stop() {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
