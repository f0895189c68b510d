/**
 * The gate of who has not signed in: the tenant gate's rule (a GCRA, decided by the condition of one write) on an item that the first
 * request makes. Its limits come from the API's environment, so every sum is made here and the item holds `freeAt`
 * alone: idle if that is past, busy and within the burst if it is not later than `now + (burst − 1) × interval`.
 */
import {
  type AppSyncIdentityLambda,
  type Context,
  type DynamoDBUpdateItemRequest,
  runtime,
  util,
} from '@aws-appsync/utils';
import { dayCount } from '../../../schema/gate.ts';
import type { PublicLimit, PublicLimits } from '../../../schema/public-gate.ts';
import { isConditionFailure } from '../failOnError.ts';

export interface PublicGateStash {
  /** The moment of the request, milliseconds since the epoch; the same for all steps. */
  publicGateTime?: number;
}

interface Admission {
  readonly admitted: boolean;
}

export type PublicGateContext<Arguments = unknown> = Context<
  Arguments,
  PublicGateStash,
  { readonly result: Admission | null },
  undefined,
  StoredPublicGate | null
>;

/** `freeAt`: microseconds since the epoch. */
type StoredPublicGate = Readonly<Record<string, number | undefined>>;

/** Who is charged, and by which of the limits. */
export interface Charged {
  readonly chargedTo: string;
  readonly limit: keyof PublicLimits;
}

const dayLength = 24 * 60 * 60 * 1000;
/** An item that was not used for so long admits whatever a new one would. */
const keptSeconds = 2 * 24 * 60 * 60;

/** Charges a caller who has not been busy. Operators are known and not charged. */
export function chargeIdle(ctx: PublicGateContext, charged: Charged) {
  if ((ctx.identity as AppSyncIdentityLambda | null)?.resolverContext) runtime.earlyReturn({ admitted: true });
  ctx.stash.publicGateTime = ctx.stash.publicGateTime ?? util.time.nowEpochMilliSeconds();
  const { now, interval } = timing(ctx, charged);
  return charge(ctx, charged, {
    set: 'freeAt = :next',
    setValues: { next: now + interval },
    condition: '(attribute_not_exists(freeAt) OR freeAt <= :now)',
    conditionValues: { now },
  });
}

/** Charges a busy caller, within the burst. */
export function chargeBusy(ctx: PublicGateContext, charged: Charged) {
  if (ctx.prev.result?.admitted) runtime.earlyReturn({ admitted: true });
  const { now, interval, latest } = timing(ctx, charged);
  return charge(ctx, charged, {
    set: 'freeAt = freeAt + :interval',
    setValues: { interval },
    condition: 'freeAt > :now AND freeAt <= :latest',
    conditionValues: { now, latest },
  });
}

export function takeIdle(ctx: PublicGateContext): Admission {
  if (ctx.error && !isConditionFailure(ctx)) util.error('The gate did not answer.', 'GateUnavailable');
  return { admitted: !ctx.error };
}

/** Ends the field for who is charged beyond the limit. */
export function takeBusy(ctx: PublicGateContext, charged: Charged): Admission {
  if (!ctx.error) return { admitted: true };
  if (!isConditionFailure(ctx)) util.error('The gate did not answer.', 'GateUnavailable');
  const { time, latest, limit, day } = timing(ctx, charged);
  const isDayUsed = (ctx.result?.[day] ?? 0) >= limit.perDay;
  const wait = isDayUsed ? dayLength - (time % dayLength) : Math.ceil(((ctx.result?.freeAt ?? 0) - latest) / 1000);
  return util.error('Too many requests; try again later.', 'TooManyRequests', null, {
    retryAfterMs: Math.max(wait, 1),
  });
}

interface Terms {
  readonly set: string;
  readonly setValues: Readonly<Record<string, number>>;
  readonly condition: string;
  readonly conditionValues: Readonly<Record<string, number>>;
}

function charge(ctx: PublicGateContext, charged: Charged, terms: Terms): DynamoDBUpdateItemRequest {
  const { time, limit, day, dayBefore } = timing(ctx, charged);
  const expiresAt = Math.floor(time / 1000) + keptSeconds;
  return {
    operation: 'UpdateItem',
    key: util.dynamodb.toMapValues({ chargedTo: charged.chargedTo }),
    update: {
      expression: `SET ${terms.set}, expiresAt = :expiresAt ADD #day :one REMOVE #dayBefore`,
      expressionNames: { '#day': day, '#dayBefore': dayBefore },
      expressionValues: placeholders({ ...terms.setValues, expiresAt, one: 1 }),
    },
    condition: {
      expression: `${terms.condition} AND (attribute_not_exists(#day) OR #day < :perDay)`,
      expressionNames: { '#day': day },
      expressionValues: placeholders({ ...terms.conditionValues, perDay: limit.perDay }),
    },
  };
}

function timing(ctx: PublicGateContext, charged: Charged) {
  const limits = JSON.parse(ctx.env.PUBLIC_LIMITS ?? '') as PublicLimits | '';
  const limit: PublicLimit | undefined = limits ? limits[charged.limit] : undefined;
  if (!limit?.perSecond) return util.error('The limits of public fields are not set.', 'Fault');
  const time = ctx.stash.publicGateTime ?? 0;
  const now = time * 1000;
  const interval = Math.ceil(1000000 / limit.perSecond);
  return {
    limit,
    time,
    now,
    interval,
    latest: now + (limit.burst - 1) * interval,
    day: dayCount(util.time.epochMilliSecondsToISO8601(time).slice(0, 10)),
    dayBefore: dayCount(util.time.epochMilliSecondsToISO8601(time - dayLength).slice(0, 10)),
  };
}

function placeholders(values: Readonly<Record<string, number>>) {
  const wire: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(values)) wire[`:${name}`] = util.dynamodb.toDynamoDB(value);
  return wire;
}
