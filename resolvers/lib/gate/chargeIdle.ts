/** The gate's first step: admits a request of a tenant that is not busy, in one write. */
import { util } from '@aws-appsync/utils';
import { admit, chargeIfIdle, type GateContext } from './admission.ts';
import { isBeyondBurst, quotaRefusal, rateRefusal, refuseShutOut } from './refusal.ts';

export function request(ctx: GateContext) {
  ctx.stash.gateTime = util.time.nowEpochMilliSeconds();
  return chargeIfIdle(ctx);
}

export function response(ctx: GateContext) {
  if (!ctx.error && ctx.result) return admit(ctx, ctx.result);
  const gate = refuseShutOut(ctx);
  const refusal = quotaRefusal(ctx, gate) ?? (isBeyondBurst(ctx, gate) ? rateRefusal(ctx, gate) : undefined);
  if (refusal) ctx.stash.refusal = refusal;
  return {};
}
