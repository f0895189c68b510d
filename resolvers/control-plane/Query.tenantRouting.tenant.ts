/** Finds the stack of the slug's owner: the pooled one for whoever is not there or not active. */
import type { Context } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import { failOnError } from '../lib/failOnError.ts';
import type { StoredTenant } from '../lib/registry/tenant.ts';

type RoutingContext<Result> = Context<
  unknown,
  object,
  { readonly result: { readonly owner: string } },
  undefined,
  Result
>;

export function request(ctx: RoutingContext<undefined>) {
  return get({ key: { tenantId: ctx.prev.result.owner } });
}

export function response(ctx: RoutingContext<StoredTenant | null>): { readonly stack: string } {
  failOnError(ctx);
  return { stack: ctx.result?.status === 'ACTIVE' ? ctx.result.stack : 'pooled' };
}
