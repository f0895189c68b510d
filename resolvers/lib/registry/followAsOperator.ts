/** What the subscriptions of operators share: who follows gets changes while the token holds and the operator stands. */
import { type Context, extensions, type SubscriptionFilter, util } from '@aws-appsync/utils';
import { operator } from './operator.ts';

type Filters = SubscriptionFilter['filterGroup'][number]['filters'];

/**
 * AppSync asks the authorizer when a subscription starts and not again for up to a day, so what ends one is said here: the operator's
 * end (endFollowing.ts), and the first publication after the token's expiry. What was changed after the expiry is not delivered either,
 * whichever of the two AppSync does first.
 * Source: AWS AppSync developer guide, "Unsubscribing WebSocket connections using filters in AWS AppSync".
 */
export function followAsOperator(ctx: Context, wanted: Filters): null {
  const { userId, tokenExpiresAt } = operator(ctx);
  // For a minute after a deployment AppSync may have answers of an authorizer that did not tell it.
  if (!tokenExpiresAt) return util.unauthorized();
  const expiry = util.time.epochMilliSecondsToISO8601(+tokenExpiresAt * 1000);
  extensions.setSubscriptionFilter({
    filterGroup: [{ filters: [...wanted, { fieldName: 'updatedAt', operator: 'lt', value: expiry }] }],
  });
  extensions.setSubscriptionInvalidationFilter({
    filterGroup: [
      { filters: [{ fieldName: 'userId', operator: 'eq', value: userId }] },
      { filters: [{ fieldName: 'publishedAt', operator: 'ge', value: +tokenExpiresAt }] },
    ],
  });
  return null;
}
