import type { JsonObject } from '../../service.ts';
import type { Caller } from '../execution/request-scope.ts';
import type { ClientRequest } from '../execution/client-request.ts';
import type { Filter } from './filter.ts';

/** One subscription of one connection. */
export interface Subscription {
  readonly id: string;
  readonly apiId: string;
  /** The field of Subscription. */
  readonly fieldName: string;
  readonly asked: ClientRequest;
  readonly caller: Caller;
  readonly headers: JsonObject;
  readonly accepts: Filter;
  /** Ends the subscription when an invalidation's payload fits. */
  readonly invalidatedBy: Filter | undefined;
  /** Subscriptions of one shape are sent one and the same text. */
  readonly shape: string;
  readonly listener: SubscriptionListener;
}

/** The connection, as the one who publishes sees it. */
export interface SubscriptionListener {
  /** @param payload - JSON text of `{data, errors?}` */
  deliver(subscription: Subscription, payload: string): void;
  invalidate(subscription: Subscription): void;
}

/** Subscriptions by API and field of Subscription. */
export interface SubscriptionIndex {
  add(subscription: Subscription): void;
  remove(subscription: Subscription): void;
  of(apiId: string, fieldName: string): ReadonlySet<Subscription>;
}

const none: ReadonlySet<Subscription> = new Set();

export function createSubscriptionIndex(): SubscriptionIndex {
  const byField = new Map<string, Set<Subscription>>();
  const keyOf = (apiId: string, fieldName: string): string => `${apiId}/${fieldName}`;
  return {
    add(subscription) {
      const key = keyOf(subscription.apiId, subscription.fieldName);
      const known = byField.get(key);
      if (known) known.add(subscription);
      else byField.set(key, new Set([subscription]));
    },
    remove(subscription) {
      const key = keyOf(subscription.apiId, subscription.fieldName);
      const known = byField.get(key);
      known?.delete(subscription);
      if (known?.size === 0) byField.delete(key);
    },
    of: (apiId, fieldName) => byField.get(keyOf(apiId, fieldName)) ?? none,
  };
}
