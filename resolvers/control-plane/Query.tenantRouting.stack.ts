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

export function response(ctx: RoutingContext<Partial<TenantRouting> | null>): TenantRouting {
  failOnError(ctx);
  const { graphqlUrl, realtimeUrl, region, userPoolId, userPoolClientId } = ctx.result ?? {};
  if (!graphqlUrl || !realtimeUrl || !region || !userPoolId || !userPoolClientId)
    return util.error('The tenant stack is not deployed yet; try again later.', 'NotDeployed');
  return {
    graphqlUrl,
    realtimeUrl,
    region,
    userPoolId,
    userPoolClientId,
    userPoolEndpoint: ctx.env.USER_POOL_ENDPOINT ?? null,
  };
}
