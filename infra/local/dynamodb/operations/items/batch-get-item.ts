import type { ItemOperation } from '../../dependencies.ts';
import { itemContext, leadingKey, selectOf } from '../../item-access.ts';
import { isObject, objectsAt, validation } from '../../wire.ts';
import { requestItems } from './request-items.ts';

export const batchGetItem: ItemOperation = {
  plan(services, input) {
    const entries = requestItems(services.names, input);
    return {
      input: { ...input, RequestItems: Object.fromEntries(entries) },
      written: [],
      access: () =>
        Promise.all(
          entries.map(async ([table, request]) => {
            if (!isObject(request)) throw validation(`RequestItems of ${table} is no map`);
            const schema = await services.schemas.find(table);
            const keys = objectsAt(request, 'Keys');
            const leadingKeys = schema ? keys.map((key) => leadingKey(key, schema.partitionKey)) : [];
            const context = itemContext({ ...request, Key: keys[0] ?? {} }, leadingKeys);
            return {
              action: 'dynamodb:BatchGetItem',
              resource: services.names.tableArn(table),
              context: { ...context, 'dynamodb:Select': selectOf(request) },
            };
          }),
        ),
    };
  },
};
