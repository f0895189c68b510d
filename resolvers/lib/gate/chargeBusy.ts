/** The gate's second step: admits a request of a busy tenant as long as its burst lasts. */
import { runtime } from '@aws-appsync/utils';
import { admit, charge, type GateContext } from './admission.ts';
import { isIdle, quotaRefusal, rateRefusal, refuseShutOut } from './refusal.ts';

export function request(ctx: GateContext) {
  if (ctx.stash.usage || ctx.stash.refusal) runtime.earlyReturn({});
  return charge(
    ctx,
    'freeAt = freeAt + requestInterval, allowAt = allowAt + requestInterval',
    'freeAt > :now AND allowAt <= :now',
  );
}

export function response(ctx: GateContext) {
  if (!ctx.error && ctx.result) return admit(ctx, ctx.result);
  const gate = refuseShutOut(ctx);
  const refusal = quotaRefusal(ctx, gate) ?? (isIdle(ctx, gate) ? undefined : rateRefusal(ctx, gate));
  if (refusal) ctx.stash.refusal = refusal;
  return {};
}
