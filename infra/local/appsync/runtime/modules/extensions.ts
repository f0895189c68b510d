import { isFields } from './primordials.ts';
import { currentRun } from './run.ts';
import { codeError } from './signals.ts';

/** "A maximum of five invalidation requests a mutation". */
const maximumInvalidations = 5;

/** https://docs.aws.amazon.com/appsync/latest/devguide/extensions-js.html */
export const extensions = {
  evictFromApiCache(typeName: unknown, fieldName: unknown, keyValuePair: unknown): void {
    if (typeof typeName !== 'string' || typeof fieldName !== 'string' || !isFields(keyValuePair))
      throw codeError('extensions.evictFromApiCache: expected a type name, a field name and an object');
    currentRun().cacheEvictions.push({ typeName, fieldName, keyValuePair });
  },
  setSubscriptionFilter(filter: unknown): void {
    currentRun().subscriptionFilter = requireFilter(filter, 'setSubscriptionFilter');
  },
  setSubscriptionInvalidationFilter(filter: unknown): void {
    currentRun().subscriptionInvalidationFilter = requireFilter(filter, 'setSubscriptionInvalidationFilter');
  },
  invalidateSubscriptions(invalidation: unknown): void {
    const { subscriptionInvalidations } = currentRun();
    if (
      !isFields(invalidation) ||
      typeof invalidation.subscriptionField !== 'string' ||
      !isFields(invalidation.payload)
    )
      throw codeError('extensions.invalidateSubscriptions: expected {subscriptionField, payload}');
    if (subscriptionInvalidations.length >= maximumInvalidations)
      throw codeError(`A request may invalidate subscriptions ${maximumInvalidations} times`);
    const { subscriptionField, payload } = invalidation;
    subscriptionInvalidations.push({ subscriptionField, payload });
  },
};

function requireFilter(filter: unknown, caller: string): unknown {
  if (!isFields(filter) || !Array.isArray(filter.filterGroup))
    throw codeError(`extensions.${caller}: expected {filterGroup: [{filters: […]}]}`);
  return filter;
}
