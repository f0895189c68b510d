import { type Context, extensions, util } from '@aws-appsync/utils';
import type { SubscriptionOnProvisioningProgressArgs } from '../../generated/control-plane.ts';
import { badRequest } from '../lib/badRequest.ts';
import { isIdentifier } from '../lib/identifier.ts';
import { operator } from '../lib/registry/operator.ts';

export function request() {
  return { payload: null };
}

/** The runs of one stack, whichever operator asks. */
export function response(ctx: Context<SubscriptionOnProvisioningProgressArgs>): null {
  operator(ctx);
  if (!isIdentifier(ctx.args.tenantId)) badRequest('tenantId: not an id of a tenant, nor `pooled`');
  extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter({ tenantId: { eq: ctx.args.tenantId } }));
  return null;
}
