/** What the subscriptions share: a subscriber gets the changes of its own tenant, whatever it asks for. */
import { type Context, extensions, util } from '@aws-appsync/utils';
import { caller } from './tenantKey.ts';

/**
 * The filter is made here, when the subscription starts, and replaces whatever a client's arguments would filter by.
 * Source: AWS AppSync developer guide, "Defining enhanced subscriptions filters in AWS AppSync".
 */
export function subscribeOwn(ctx: Context): null {
  const own = util.transform.toSubscriptionFilter({ tenantId: { eq: caller(ctx).tenantId } });
  extensions.setSubscriptionFilter(own);
  return null;
}
