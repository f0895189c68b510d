/** Reads the tier's limits, for a tenant that returns to them. */
import { type Context, runtime, util } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import type { MutationSetTenantLimitsArgs, TenantLimits, Tier, TierSettings } from '../../generated/control-plane.ts';
import { failOnError } from '../lib/failOnError.ts';
import type { Refusal } from '../lib/registry/tenantPayload.ts';

type LimitsContext<Result> = Context<
  MutationSetTenantLimitsArgs,
  object,
  { readonly result: Refusal & { readonly tier: Tier } },
  undefined,
  Result
>;

export function request(ctx: LimitsContext<undefined>) {
  const { refusal, tier } = ctx.prev.result;
  const { limits } = ctx.args.input;
  if (refusal) runtime.earlyReturn({ refusal });
  if (limits) runtime.earlyReturn({ tier, limits });
  return get({ key: { tier } });
}

export function response(ctx: LimitsContext<TierSettings | null>): {
  readonly tier: Tier;
  readonly limits: TenantLimits;
} {
  failOnError(ctx);
  const { tier } = ctx.prev.result;
  if (!ctx.result) return util.error(`The tier ${tier} has no settings.`, 'Fault');
  return { tier, limits: ctx.result.limits };
}
