import { type Context, extensions, util } from '@aws-appsync/utils';
import type { SubscriptionOnRegistrationProgressArgs } from '../../generated/control-plane.ts';
import { badRequest } from '../lib/badRequest.ts';
import { isIdentifier } from '../lib/identifier.ts';

export function request() {
  return { payload: null };
}

/** Only the registration whose id the subscriber knows: the filter is the server's, made when it subscribes. */
export function response(ctx: Context<SubscriptionOnRegistrationProgressArgs>): null {
  if (!isIdentifier(ctx.args.id)) badRequest('id: not an id of a registration');
  extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter({ id: { eq: ctx.args.id } }));
  return null;
}
