/**
 * What the steps of the gate share. Idle: the tenant's last request has paid off (`freeAt` is past), one write admits.
 * Busy: within the burst, a second write admits. Both are tried once more where new limits came between them, which make a busy
 * tenant idle. All judge by the same moment, so that none is refused falsely. The write's condition decides, never what was
 * read before it: exact under concurrency.
 */
import { type Context, util } from '@aws-appsync/utils';
import { dayCount, type GateItem, monthCount, subscriptionCount, writeCount } from '../../../schema/gate.ts';
import { type Expression, updateItem } from '../dynamodb.ts';
import { caller, tenantKey } from '../tenantKey.ts';

/** What the gate leaves in the stash for the field's own steps: the tenant's requests, this one included. */
export interface Usage {
  readonly today: number;
  readonly thisMonth: number;
}

export interface GateStash {
  /** The moment of the request, milliseconds since the epoch. */
  gateTime: number;
  /** There once the request is admitted. */
  usage?: Usage;
  /** There once it is refused by rate or quota, and then `usage` is not: countRefusal ends the field with it. */
  refusal?: Refusal;
}

/** An error of the field, before it is raised. */
export interface Refusal {
  readonly message: string;
  readonly type: 'QuotaExceeded' | 'TooManyRequests';
  readonly info: { readonly resetsAt: string } | { readonly retryAfterMs: number };
}

export type GateContext = Context<unknown, GateStash, undefined, undefined, StoredGate | null>;

/** A gate item as AppSync reads it: with its counters, and the set as a list. */
export type StoredGate = Omit<GateItem, 'blockedUsers'> & {
  readonly blockedUsers?: readonly string[];
  readonly [counter: `day#${string}` | `month#${string}`]: number | undefined;
};

/**
 * One request's charge, if the gate lets it pass.
 * @param timing - sets `freeAt` and `allowAt` from `:now` (microseconds)
 * @param admitted - the condition on the tenant's timing
 */
export function charge(ctx: GateContext, timing: string, admitted: string) {
  const { day, month } = dates(ctx);
  const ofClass = classCount(ctx, day);
  const update: Expression = {
    expression: `SET ${timing} ADD #day :one, #month :one${ofClass ? ', #class :one' : ''}`,
    names: { day: dayCount(day), month: monthCount(month), ...(ofClass ? { class: ofClass } : {}) },
    values: { now: ctx.stash.gateTime * 1000, one: 1 },
  };
  const condition: Expression = {
    expression: `#status = :active AND #stack = :stack AND NOT contains(blockedUsers, :user) AND ${admitted}
      ${isWrite(ctx) ? 'AND attribute_not_exists(writesHeldSince)' : ''}
      AND (attribute_not_exists(#day) OR #day < requestsPerDay)
      AND (attribute_not_exists(#month) OR #month < requestsPerMonth)`,
    names: { status: 'status', stack: 'stack', day: dayCount(day), month: monthCount(month) },
    values: {
      now: ctx.stash.gateTime * 1000,
      active: 'ACTIVE',
      stack: `${ctx.env.STACK}`,
      user: caller(ctx).userId,
    },
  };
  return updateItem(tenantKey(ctx), update, condition);
}

/** The charge of a tenant whose last request has paid off. */
export function chargeIfIdle(ctx: GateContext) {
  return charge(ctx, 'freeAt = :now + requestInterval, allowAt = :now - idleOffset', 'freeAt <= :now');
}

/** Lets the field's own steps run. */
export function admit(ctx: GateContext, gate: StoredGate) {
  const { day, month } = dates(ctx);
  ctx.stash.usage = { today: gate[dayCount(day)] ?? 0, thisMonth: gate[monthCount(month)] ?? 0 };
  return {};
}

export function isWrite(ctx: GateContext): boolean {
  return ctx.info.parentTypeName === 'Mutation';
}

/** Whether the gate's condition refused the charge; any other error is a fault. */
export function isConditionFailure(ctx: GateContext): boolean {
  return ctx.error?.type === 'DynamoDB:ConditionalCheckFailedException';
}

/** The counter of the field's class beside the day's; reads have none, they are what is left of the day's. */
function classCount(ctx: GateContext, day: string): string | null {
  const { parentTypeName } = ctx.info;
  if (parentTypeName === 'Mutation') return writeCount(day);
  return parentTypeName === 'Subscription' ? subscriptionCount(day) : null;
}

/** The day and the month of UTC in which the request came. */
export function dates(ctx: { readonly stash: Pick<GateStash, 'gateTime'> }) {
  const moment = util.time.epochMilliSecondsToISO8601(ctx.stash.gateTime);
  return { day: moment.slice(0, 10), month: moment.slice(0, 7) };
}
