/** Why the gate's condition refused a request: the causes that end the field at once, and those that are counted first. */
import { util } from '@aws-appsync/utils';
import { dayCount, monthCount } from '../../../schema/gate.ts';
import { caller } from '../tenantKey.ts';
import { dates, type GateContext, isConditionFailure, isWrite, type Refusal, type StoredGate } from './admission.ts';
import { nextDay, nextMonth } from './calendar.ts';

/** Writes are held for seconds. */
const holdRetry = 2000;

/** Ends the field for whoever is shut out, however much is left of rate and quota: nobody asks how many those are. */
export function refuseShutOut(ctx: GateContext): StoredGate {
  if (!isConditionFailure(ctx)) util.error('The gate did not answer.', 'GateUnavailable');
  const gate = ctx.result;
  if (!gate || gate.status !== 'ACTIVE') util.error('This tenant is suspended or not active yet.', 'TenantSuspended');
  if (gate.stack !== ctx.env.STACK) {
    util.error('This tenant has moved: ask tenantRouting where it is now and sign in there.', 'TenantMoved');
  }
  if (gate.writesHeldSince && isWrite(ctx)) {
    util.error('This tenant is being moved: it can be read, and written again in a moment.', 'TenantMoving', null, {
      retryAfterMs: holdRetry,
    });
  }
  if ((gate.blockedUsers ?? []).indexOf(caller(ctx).userId) >= 0) util.unauthorized();
  return gate;
}

/** The month's or the day's quota, where it is used up. */
export function quotaRefusal(ctx: GateContext, gate: StoredGate): Refusal | undefined {
  const { day, month } = dates(ctx);
  const { requestsPerDay, requestsPerMonth } = gate;
  if ((gate[monthCount(month)] ?? 0) >= requestsPerMonth) {
    return quotaExceeded(`${requestsPerMonth} requests a month`, nextMonth(month));
  }
  if ((gate[dayCount(day)] ?? 0) >= requestsPerDay) {
    return quotaExceeded(`${requestsPerDay} requests a day`, nextDay(day));
  }
  return undefined;
}

function quotaExceeded(quota: string, resetsAt: string): Refusal {
  return { message: `This tenant has used its ${quota}.`, type: 'QuotaExceeded', info: { resetsAt } };
}

/** Rate and burst are used up. */
export function rateRefusal(ctx: GateContext, gate: StoredGate): Refusal {
  const wait = Math.ceil(gate.allowAt / 1000 - ctx.stash.gateTime);
  const limit = `${gate.requestsPerSecond} requests a second with bursts of ${gate.burst}`;
  return {
    message: `This tenant is limited to ${limit}.`,
    type: 'TooManyRequests',
    info: { retryAfterMs: Math.max(wait, 1) },
  };
}

/**
 * Whether the burst is used up at the request's moment, too. Within the same limits `allowAt` only grows, so a charge of the busy step
 * would be refused by it as well, whatever other requests do until then.
 */
export function isBeyondBurst(ctx: GateContext, gate: StoredGate): boolean {
  return gate.allowAt > ctx.stash.gateTime * 1000;
}

/** Whether what the busy step did not admit is idle: its limits have changed since the idle step, and the burst began anew. */
export function isIdle(ctx: GateContext, gate: StoredGate): boolean {
  return gate.freeAt <= ctx.stash.gateTime * 1000;
}
