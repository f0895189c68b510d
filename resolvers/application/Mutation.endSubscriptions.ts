/** Closes the connections of a tenant's subscribers, or of one user of it. */
import { type Context, extensions } from '@aws-appsync/utils';
import type { MutationEndSubscriptionsArgs } from '../../generated/application.ts';

export function request() {
  return { payload: null };
}

export function response(ctx: Context<MutationEndSubscriptionsArgs>) {
  const { tenantId, userId } = ctx.args.input;
  const payload = userId ? { tenantId, userId } : { tenantId, everyone: true };
  extensions.invalidateSubscriptions({ subscriptionField: 'onProductChanged', payload });
  extensions.invalidateSubscriptions({ subscriptionField: 'onOrderChanged', payload });
  return ctx.args.input;
}
