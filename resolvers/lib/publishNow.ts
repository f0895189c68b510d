import { extensions, util } from '@aws-appsync/utils';

interface Publication {
  readonly tenantId: string;
  readonly endsExpired?: boolean | null;
}

/**
 * A change with the time of its publication, by which subscriptions of expired tokens do not get it. They go on in silence until a
 * publication ends them, of all tenants at once: AppSync takes few invalidations a second, and far more changes.
 */
export function publishNow<Change extends Publication>(subscriptionField: string, change: Change) {
  const publishedAt = util.time.nowEpochSeconds();
  if (change.endsExpired) extensions.invalidateSubscriptions({ subscriptionField, payload: { publishedAt } });
  return { ...change, publishedAt };
}
