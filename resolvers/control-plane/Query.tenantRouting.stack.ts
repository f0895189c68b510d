/** Says where that stack is. */
import { type Context, util } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import type { TenantRouting } from '../../generated/control-plane.ts';
import { failOnError } from '../lib/failOnError.ts';

type RoutingContext<Result> = Context<
  unknown,
  object,
  { readonly result: { readonly stack: string } },
  undefined,
  Result
>;

export function request(ctx: RoutingContext<undefined>) {
  return get({ key: { tenantId: ctx.prev.result.stack } });
}

export function response(ctx: RoutingContext<TenantRouting | null>): TenantRouting {
  failOnError(ctx);
  const stack = ctx.result;
  if (!stack) return util.error('The tenant stack is not deployed yet; try again later.', 'NotDeployed');
  return {
    graphqlUrl: stack.graphqlUrl,
    realtimeUrl: stack.realtimeUrl,
    region: stack.region,
    userPoolId: stack.userPoolId,
    userPoolClientId: stack.userPoolClientId,
    userPoolEndpoint: stack.userPoolEndpoint ?? null,
  };
}
