import { AwsError } from '../../errors.ts';
import type { Clock, Collection, Logs, State } from '../../service.ts';
import type { BusEvent, Rule, Target } from '../store.ts';

/** One event on its way to one target: kept until the target has it or it is given up. */
interface Delivery {
  readonly id: string;
  readonly event: BusEvent;
  readonly rule: { readonly bus: string; readonly name: string };
  readonly target: Target;
  readonly attempts: number;
  readonly createdAt: number;
  readonly dueAt: number;
}

export interface Deliveries {
  /** Resolves when all are durable; they are sent soon after. */
  add(matched: readonly { readonly rule: Rule; readonly event: BusEvent }[]): Promise<void>;
  start(): void;
  stop(): Promise<void>;
  /** Resolves when nothing is being sent. */
  whenIdle(): Promise<void>;
}

export interface DeliveriesOptions {
  readonly state: State;
  readonly clock: Clock;
  readonly logs: Logs;
  newId(): string;
  send(rule: Delivery['rule'], target: Target, event: BusEvent): Promise<void>;
  /** When the rule was made, milliseconds since the epoch; undefined when it is gone. */
  ruleCreatedAt(rule: Delivery['rule']): number | undefined;
}

/** What AWS does unless a target's RetryPolicy says otherwise. */
const mostAttempts = 185;
const mostAgeSeconds = 86_400;
const firstDelay = 100;
const longestDelay = 60_000;
const concurrency = 16;

/** Errors that another try cannot mend: AWS gives these up at once. */
const hopeless = /AccessDenied|ResourceNotFound|ValidationException/;

const denied = /AccessDenied/;
/**
 * A template makes a rule before the permission that lets it invoke its function, since the permission names the rule. A schedule that is
 * due between the two is not given up for that.
 */
const permissionMayFollowWithin = 5 * 60_000;

/** At-least-once delivery with growing pauses, over restarts too. */
export function createDeliveries(options: DeliveriesOptions): Deliveries {
  const { state, clock, logs, newId, send, ruleCreatedAt } = options;
  const pending: Collection<Delivery> = state.collection('events/deliveries');
  const active = new Set<string>();
  const running = new Set<Promise<void>>();
  let timer: NodeJS.Timeout | undefined;
  let started = false;

  const giveUp = async (delivery: Delivery, reason: string): Promise<void> => {
    const { event, rule, target, attempts } = delivery;
    // The detail may hold what no log may: ids and types tell which event it was.
    const told = {
      eventId: event.id,
      detailType: event['detail-type'],
      rule: rule.name,
      target: target.arn,
      attempts,
      reason,
    };
    logs.write('/aws/events/undelivered', rule.name, [JSON.stringify(told)]);
    await pending.delete(delivery.id);
  };

  const isHopeless = (error: unknown, { rule }: Delivery): boolean => {
    if (!(error instanceof AwsError) || !hopeless.test(error.code)) return false;
    const isNew = clock.now() - (ruleCreatedAt(rule) ?? 0) < permissionMayFollowWithin;
    return !(isNew && denied.test(error.code));
  };

  const attempt = async (delivery: Delivery): Promise<void> => {
    try {
      await send(delivery.rule, delivery.target, delivery.event);
      await pending.delete(delivery.id);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const attempts = delivery.attempts + 1;
      const { attempts: retries = mostAttempts, ageSeconds = mostAgeSeconds } = delivery.target.retry ?? {};
      const over = attempts > retries || clock.now() - delivery.createdAt > ageSeconds * 1000;
      if (over || isHopeless(error, delivery)) return await giveUp({ ...delivery, attempts }, reason);
      const delay = Math.min(longestDelay, firstDelay * 2 ** Math.min(attempts - 1, 20));
      await pending.put(delivery.id, { ...delivery, attempts, dueAt: clock.now() + delay });
    }
  };

  const run = (): void => {
    clearTimeout(timer);
    if (!started) return;
    const now = clock.now();
    let next = Number.POSITIVE_INFINITY;
    for (const delivery of pending.values()) {
      if (active.size >= concurrency) return;
      if (active.has(delivery.id)) continue;
      if (delivery.dueAt > now) {
        next = Math.min(next, delivery.dueAt);
        continue;
      }
      active.add(delivery.id);
      const work = attempt(delivery)
        .catch((error: unknown) => void process.stderr.write(`EventBridge delivery: ${String(error)}\n`))
        .finally(() => {
          active.delete(delivery.id);
          running.delete(work);
          run();
        });
      running.add(work);
    }
    if (Number.isFinite(next)) timer = setTimeout(run, Math.min(next - now, longestDelay)).unref();
  };

  const whenIdle = async (): Promise<void> => {
    while (running.size > 0) await Promise.all(running);
  };

  return {
    whenIdle,
    async add(matched) {
      const createdAt = clock.now();
      const made = matched.flatMap(({ rule: { bus, name, targets }, event }) =>
        targets.map(
          (target): Delivery => ({
            id: newId(),
            event,
            rule: { bus, name },
            target,
            attempts: 0,
            createdAt,
            dueAt: createdAt,
          }),
        ),
      );
      await Promise.all(made.map((delivery) => pending.put(delivery.id, delivery)));
      run();
    },
    start() {
      started = true;
      run();
    },
    async stop() {
      started = false;
      clearTimeout(timer);
      await whenIdle();
    },
  };
}
