/** Answers the refusal of the step before, or the tier as it is now. */
import { type Context, runtime } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import type { MutationUpdateTierArgs, TierSettings, UpdateTierPayload } from '../../generated/control-plane.ts';
import { failOnError } from '../lib/failOnError.ts';

type TierContext<Result> = Context<
  MutationUpdateTierArgs,
  object,
  { readonly result: { readonly refusal?: UpdateTierPayload } },
  undefined,
  Result
>;

export function request(ctx: TierContext<undefined>) {
  const { refusal } = ctx.prev.result;
  if (refusal) runtime.earlyReturn(refusal);
  return get({ key: { tier: ctx.args.input.tier }, consistentRead: true });
}

export function response(ctx: TierContext<TierSettings | null>): UpdateTierPayload {
  failOnError(ctx);
  return { tier: ctx.result, userErrors: [] };
}
