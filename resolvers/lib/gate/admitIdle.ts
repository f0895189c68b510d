/** The gate's first step: admits a request of a tenant that is not busy, in one write. */
import { util } from '@aws-appsync/utils';
import { admit, charge, type GateContext, isConditionFailure, refuseUnlessPaced } from './admission.ts';

export function request(ctx: GateContext) {
  ctx.stash.gateTime = util.time.nowEpochMilliSeconds();
  return charge(ctx, 'freeAt = :now + requestInterval, allowAt = :now - idleOffset', 'freeAt <= :now');
}

export function response(ctx: GateContext) {
  if (!ctx.error && ctx.result) return admit(ctx, ctx.result);
  if (!isConditionFailure(ctx)) util.error('The gate did not answer.', 'GateUnavailable');
  refuseUnlessPaced(ctx, ctx.result);
  return {};
}
