import type { Context } from '@aws-appsync/utils';
import type { SubscriptionOnProvisioningProgressArgs } from '../../generated/control-plane.ts';
import { badRequest } from '../lib/badRequest.ts';
import { isIdentifier } from '../lib/identifier.ts';
import { followAsOperator } from '../lib/registry/followAsOperator.ts';

export function request() {
  return { payload: null };
}

/** The runs of one stack, whichever operator asks. */
export function response(ctx: Context<SubscriptionOnProvisioningProgressArgs>): null {
  const { tenantId } = ctx.args;
  if (!isIdentifier(tenantId)) badRequest('tenantId: not an id of a tenant, nor `pooled`');
  return followAsOperator(ctx, [{ fieldName: 'tenantId', operator: 'eq', value: tenantId }]);
}
