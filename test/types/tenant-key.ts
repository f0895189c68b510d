/**
 * No tenant, no key: what must not compile. Each line under `@ts-expect-error` is a mistake that the compiler has to
 * refuse; tsc fails if it stops doing so.
 */
import type { Context } from '@aws-appsync/utils';
import {
  batchGetItems,
  deleteItem,
  getItem,
  type OwnRequest,
  putItem,
  queryPartition,
  transactDelete,
  transactPut,
  transactUpdate,
  transactWrite,
  updateItem,
} from '../../resolvers/lib/dynamodb.ts';
import { productKey, shardPartition, type TenantKey, type TenantPartition } from '../../resolvers/lib/tenantKey.ts';

declare const ctx: Context;
const raw = { shardId: 'tenant-a#0', productId: 'p' };
const condition = { expression: 'attribute_exists(productId)' };
const page = { sort: 'productId', order: 'descending', after: '', limit: 1 } as const;

// What is right compiles.
getItem(productKey(ctx, 'p'));
queryPartition({ partition: shardPartition(ctx, 0), ...page });

// @ts-expect-error a key made by hand
getItem(raw);
// @ts-expect-error a key made by hand
putItem(raw, {}, condition);
// @ts-expect-error a key made by hand
updateItem(raw, condition, condition);
// @ts-expect-error a key made by hand
deleteItem(raw, condition);
// @ts-expect-error keys made by hand
batchGetItems('products', [raw]);
// @ts-expect-error a key made by hand
transactPut('products', raw, {}, condition);
// @ts-expect-error a key made by hand
transactUpdate('products', raw, condition, condition);
// @ts-expect-error a key made by hand
transactDelete('products', raw, condition);
// @ts-expect-error a partition made by hand
queryPartition({ partition: { name: 'shardId', value: 'tenant-a#0' }, ...page });

// @ts-expect-error a key of the caller's, changed to another's
getItem({ ...productKey(ctx, 'p'), shardId: 'tenant-a#0' } satisfies TenantKey);
// @ts-expect-error a partition of the caller's, changed to another's
const changed: TenantPartition = { name: 'shardId', value: 'tenant-a#0' };

// @ts-expect-error a key needs the caller
productKey('p');
// @ts-expect-error an update without a condition would create what is not there
updateItem(productKey(ctx, 'p'), condition);
// @ts-expect-error a put without a condition would replace what is there
putItem(productKey(ctx, 'p'), {});

/** What a step answers. */
const answer = (request: OwnRequest): OwnRequest => request;
const key = { shardId: { S: 'tenant-a#0' } };
const expression = { expression: '#partition = :partition' };
const put = transactPut('products', productKey(ctx, 'p'), {}, condition);

// What is right compiles.
answer(getItem(productKey(ctx, 'p')));
answer(transactWrite([put]));

// @ts-expect-error a request by hand
answer({ operation: 'GetItem', key });
// @ts-expect-error a request that reads a whole table
answer({ operation: 'Scan' });
// @ts-expect-error a request of the caller's, changed to another's
answer({ ...getItem(productKey(ctx, 'p')), key });
// @ts-expect-error a request of the caller's, changed to another's
answer({ ...putItem(productKey(ctx, 'p'), {}, condition), key });
// @ts-expect-error a request of the caller's, changed to another's
answer({ ...updateItem(productKey(ctx, 'p'), condition, condition), key });
// @ts-expect-error a request of the caller's, changed to another's
answer({ ...deleteItem(productKey(ctx, 'p'), condition), key });
// @ts-expect-error a query of the caller's, changed to another's
answer({ ...queryPartition({ partition: shardPartition(ctx, 0), ...page }), query: expression });
// @ts-expect-error keys of the caller's, changed to another's
answer({ ...batchGetItems('products', [productKey(ctx, 'p')]), tables: { products: { keys: [key] } } });
// @ts-expect-error an item of the caller's, changed to another's
transactWrite([{ ...put, key }]);
// @ts-expect-error items by hand
answer({ ...transactWrite([put]), transactItems: [{ table: 'products', operation: 'DeleteItem', key }] });

export { changed };
