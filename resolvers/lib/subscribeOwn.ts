/** What the subscriptions share: a subscriber gets the changes of its own tenant, whatever it asks for, while its token holds. */
import { type Context, extensions } from '@aws-appsync/utils';
import { caller } from './tenantKey.ts';

/**
 * The filter is made here, when the subscription starts, and replaces whatever a client's arguments would filter by. AppSync asks the
 * authorizer when a subscription starts and not again for up to a day, so what ends one is said here too: the tenant's or
 * the user's end (Mutation.endSubscriptions), and the token's expiry, after which no change is delivered: what is expired is ended
 * for all tenants at once (publishNow.ts), so that filter names none.
 * Source: AWS AppSync developer guide, "Defining enhanced subscriptions filters in AWS AppSync" and "Unsubscribing WebSocket
 * connections using filters in AWS AppSync".
 */
export function subscribeOwn(ctx: Context): null {
  const { tenantId, userId, tokenExpiresAt } = caller(ctx);
  const own = { fieldName: 'tenantId', operator: 'eq', value: tenantId } as const;
  extensions.setSubscriptionFilter({
    filterGroup: [{ filters: [own, { fieldName: 'publishedAt', operator: 'lt', value: tokenExpiresAt }] }],
  });
  extensions.setSubscriptionInvalidationFilter({
    filterGroup: [
      { filters: [own, { fieldName: 'everyone', operator: 'eq', value: true }] },
      { filters: [own, { fieldName: 'userId', operator: 'eq', value: userId }] },
      { filters: [{ fieldName: 'publishedAt', operator: 'ge', value: tokenExpiresAt }] },
    ],
  });
  return null;
}
