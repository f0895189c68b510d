import type { Json } from '../../service.ts';
import type { CompiledApi } from '../execution/compile-api.ts';
import { executeOperation } from '../execution/execute-operation.ts';
import { prepareOperation } from '../execution/prepare-operation.ts';
import type { SubscriptionInvalidation } from '../execution/request-scope.ts';
import type { RequestLog } from '../logging/request-log.ts';
import type { Subscription, SubscriptionIndex } from './subscription.ts';

export interface Publisher {
  /** Tells those who subscribe to a mutation's field what it answered. */
  publish(api: CompiledApi, mutationField: string, value: Json): void;
  invalidate(apiId: string, invalidations: readonly SubscriptionInvalidation[]): void;
}

/** Source: AWS AppSync endpoints and quotas, "Subscription payload size". */
const maximumPayloadBytes = 240 * 1024;

export function createPublisher(index: SubscriptionIndex, log: RequestLog): Publisher {
  /** The value cut to what a subscriber selected and may see. Nothing is resolved again: what was not selected is null. */
  const cut = async (api: CompiledApi, subscription: Subscription, value: Json): Promise<string | undefined> => {
    const { apiId, fieldName, asked, caller, headers } = subscription;
    const prepared = prepareOperation(api, asked, 'realtime');
    if ('errors' in prepared) return undefined;
    const { body } = await executeOperation({
      api,
      operation: prepared.operation,
      caller,
      request: { headers, domainName: null },
      onFault: (fault) => log.fault(apiId, 'publish', fault),
      delivered: { [fieldName]: value },
    });
    const payload = JSON.stringify(body);
    if (Buffer.byteLength(payload) <= maximumPayloadBytes) return payload;
    log.fault(
      apiId,
      'publish',
      `A payload for ${fieldName} has more than ${maximumPayloadBytes} bytes and was not sent`,
    );
    return undefined;
  };

  const deliver = (api: CompiledApi, subscriptions: Iterable<Subscription>, value: Json): void => {
    const cuts = new Map<string, Promise<string | undefined>>();
    for (const subscription of subscriptions) {
      if (!subscription.accepts(value)) continue;
      const made = cuts.get(subscription.shape) ?? cut(api, subscription, value);
      cuts.set(subscription.shape, made);
      made.then(
        (payload) => payload !== undefined && subscription.listener.deliver(subscription, payload),
        (fault: unknown) => log.fault(api.record.apiId, 'publish', fault),
      );
    }
  };

  return {
    publish(api, mutationField, value) {
      for (const fieldName of api.subscribersOf.get(mutationField) ?? []) {
        deliver(api, index.of(api.record.apiId, fieldName), value);
      }
    },
    invalidate(apiId, invalidations) {
      for (const { subscriptionField, payload } of invalidations) {
        for (const subscription of [...index.of(apiId, subscriptionField)]) {
          if (subscription.invalidatedBy?.(payload)) subscription.listener.invalidate(subscription);
        }
      }
    },
  };
}
