import { extensions, util } from '@aws-appsync/utils';

/** A change with the time of its publication, by which subscriptions of expired tokens neither get it nor go on. */
export function publishNow<Change extends { readonly tenantId: string }>(subscriptionField: string, change: Change) {
  const publishedAt = util.time.nowEpochSeconds();
  extensions.invalidateSubscriptions({ subscriptionField, payload: { tenantId: change.tenantId, publishedAt } });
  return { ...change, publishedAt };
}
