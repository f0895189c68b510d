/** The gate's second step: admits a request of a busy tenant as long as its burst lasts. */
import { runtime, util } from '@aws-appsync/utils';
import {
  admit,
  charge,
  type GateContext,
  isConditionFailure,
  refuseUnlessPaced,
  tooManyRequests,
} from './admission.ts';

export function request(ctx: GateContext) {
  if (ctx.stash.usage) runtime.earlyReturn({});
  return charge(
    ctx,
    'freeAt = freeAt + requestInterval, allowAt = allowAt + requestInterval',
    'freeAt > :now AND allowAt <= :now',
  );
}

export function response(ctx: GateContext) {
  if (!ctx.error && ctx.result) return admit(ctx, ctx.result);
  if (!isConditionFailure(ctx)) util.error('The gate did not answer.', 'GateUnavailable');
  refuseUnlessPaced(ctx, ctx.result);
  return tooManyRequests(ctx, ctx.result as NonNullable<typeof ctx.result>);
}
