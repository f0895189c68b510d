/**
 * Finds whose slug it is. All three steps run whatever is found, each with one read: what is no tenant's takes the
 * same time as what is, and gets the answer that pooled tenants get.
 */
import { type Context, util } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import type { QueryTenantRoutingArgs } from '../../generated/control-plane.ts';
import { failOnError } from '../lib/failOnError.ts';

const nobody = 'nobody';

export function request(ctx: Context<QueryTenantRoutingArgs>) {
  const isSlug = util.matches('^[a-z][a-z0-9-]{2,31}$', ctx.args.slug);
  return get({ key: { tenantId: `SLUG#${isSlug ? ctx.args.slug : nobody}` } });
}

export function response(
  ctx: Context<QueryTenantRoutingArgs, object, undefined, undefined, { readonly owner: string } | null>,
): { readonly owner: string } {
  failOnError(ctx);
  return { owner: ctx.result?.owner ?? nobody };
}
