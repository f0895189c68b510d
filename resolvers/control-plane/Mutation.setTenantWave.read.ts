/** Answers the refusal of the step before, or the stack as it is now. */
import { type Context, runtime } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import type { MutationSetTenantWaveArgs, SetTenantWavePayload } from '../../generated/control-plane.ts';
import { failOnError } from '../lib/failOnError.ts';
import { type StoredStack, toTenantStack } from '../lib/registry/tenantStack.ts';

type WaveContext<Result> = Context<
  MutationSetTenantWaveArgs,
  object,
  { readonly result: { readonly refusal?: SetTenantWavePayload } },
  undefined,
  Result
>;

export function request(ctx: WaveContext<undefined>) {
  const { refusal } = ctx.prev.result;
  if (refusal) runtime.earlyReturn(refusal);
  return get({ key: { tenantId: ctx.args.input.tenantId }, consistentRead: true });
}

export function response(ctx: WaveContext<StoredStack | null>): SetTenantWavePayload {
  failOnError(ctx);
  return { tenantStack: ctx.result ? toTenantStack(ctx.result) : null, userErrors: [] };
}
