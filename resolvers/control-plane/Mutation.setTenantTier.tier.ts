/** Reads the new tier's settings. */
import { type Context, runtime, util } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import type { MutationSetTenantTierArgs, TierSettings } from '../../generated/control-plane.ts';
import { failOnError } from '../lib/failOnError.ts';
import type { Refusal } from '../lib/registry/tenantPayload.ts';
import type { TierChange } from '../lib/registry/tierChange.ts';

type TierContext<Result> = Context<
  MutationSetTenantTierArgs,
  object,
  { readonly result: Refusal & TierChange },
  undefined,
  Result
>;

export function request(ctx: TierContext<undefined>) {
  const { refusal, done } = ctx.prev.result;
  if (refusal) runtime.earlyReturn({ refusal });
  if (done) runtime.earlyReturn({ done });
  return get({ key: { tier: ctx.args.input.tier } });
}

export function response(ctx: TierContext<TierSettings | null>): TierChange & { readonly settings: TierSettings } {
  failOnError(ctx);
  if (!ctx.result) return util.error(`The tier ${ctx.args.input.tier} has no settings.`, 'Fault');
  return { ...ctx.prev.result, settings: ctx.result };
}
