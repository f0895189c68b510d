import type { ChangeType, OrderStatus } from '../../generated/application.ts';
import type { Clock } from '../layer/clock.ts';
import { type CallGraphql, GraphqlError } from '../layer/signed-graphql.ts';
import type { Change } from '../layer/stream.ts';
import { logger } from '../layer/telemetry.ts';
import { withTenant } from '../layer/tenant-context.ts';

interface StoredProduct {
  readonly productId: string;
  readonly tenantId: string;
  readonly sku: string;
  readonly name: string;
  readonly category?: string;
  readonly price: number;
  readonly stock: number;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

interface StoredOrder {
  readonly orderId: string;
  readonly tenantId: string;
  readonly number: string;
  readonly status: OrderStatus;
  readonly lines: readonly unknown[];
  readonly total: number;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly updatedAt: string;
  readonly version: number;
}

/** Everything that a subscriber may select: what a mutation does not select arrives null. */
const publishProductChange = `mutation Publish($input: PublishProductChangeInput!) {
  publishProductChange(input: $input) {
    tenantId type publishedAt product { id sku name category price stock version createdAt updatedAt }
  }
}`;

const publishOrderChange = `mutation Publish($input: PublishOrderChangeInput!) {
  publishOrderChange(input: $input) {
    tenantId type publishedAt order {
      id number status lines { productId name quantity unitPrice } total createdAt createdBy updatedAt version
    }
  }
}`;

/** Milliseconds between two publications that also end the subscriptions of expired tokens: AppSync takes 100 endings a second in all. */
const pauseBetweenEndings = 60_000;

interface Dependencies {
  readonly callGraphql: CallGraphql;
  readonly clock: Clock;
}

/**
 * Tells a tenant's subscribers what became of a product or an order. The tenant is the item's own. A change that the
 * API refuses for good is logged and passed over, so that it does not hold up those behind it; other faults are thrown.
 */
export function createPublisher({ callGraphql, clock }: Dependencies) {
  const endedAt = new Map<string, number>();

  /** Publishes by a mutation, which also ends what has expired if its last one has done so long enough ago. */
  async function publish(mutation: string, change: Readonly<Record<string, unknown>>): Promise<void> {
    const now = clock().getTime();
    const endsExpired = now - (endedAt.get(mutation) ?? -Infinity) >= pauseBetweenEndings;
    await callGraphql(mutation, { input: { ...change, ...(endsExpired && { endsExpired }) } });
    if (endsExpired) endedAt.set(mutation, now);
  }

  return async (change: Change): Promise<void> => {
    const item = (change.after ?? change.before) as unknown as StoredProduct | StoredOrder;
    await withTenant({ tenantId: item.tenantId }, async () => {
      const { tenantId } = item;
      const type = typeOf(change);
      try {
        if ('productId' in item) await publish(publishProductChange, { tenantId, type, product: productInput(item) });
        else await publish(publishOrderChange, { tenantId, type, order: orderInput(item) });
      } catch (error) {
        if (!(error instanceof GraphqlError && error.isPermanent)) throw error;
        logger.error('A change was refused for good and is not published', error);
      }
    });
  };
}

function typeOf({ before, after }: Change): ChangeType {
  if (!before) return 'CREATED';
  return after ? 'UPDATED' : 'DELETED';
}

function productInput(item: StoredProduct) {
  const { productId: id, sku, name, category = null, price, stock, version, createdAt, updatedAt } = item;
  return { id, sku, name, category, price, stock, version, createdAt, updatedAt };
}

function orderInput(item: StoredOrder) {
  const { orderId: id, number, status, lines, total, createdAt, createdBy, updatedAt, version } = item;
  return { id, number, status, lines, total, createdAt, createdBy, updatedAt, version };
}
