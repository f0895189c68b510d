import type { JsonObject } from '../../../service.ts';
import type { ItemOperation } from '../../dependencies.ts';
import { itemContext, leadingKey } from '../../item-access.ts';
import { objectAt, objectsAt, validation } from '../../wire.ts';
import { requestItems } from './request-items.ts';

export const batchWriteItem: ItemOperation = {
  plan(services, input) {
    const entries = requestItems(services.names, input);
    return {
      input: { ...input, RequestItems: Object.fromEntries(entries) },
      written: entries.map(([table]) => table),
      access: () =>
        Promise.all(
          entries.map(async ([table, requests]) => {
            const schema = await services.schemas.find(table);
            const items = objectsAt({ RequestItems: requests }, 'RequestItems').map(attributesOf);
            const leadingKeys = schema ? items.map((item) => leadingKey(item, schema.partitionKey)) : [];
            return {
              action: 'dynamodb:BatchWriteItem',
              resource: services.names.tableArn(table),
              context: itemContext({ Item: Object.assign({}, ...items) as JsonObject }, leadingKeys),
            };
          }),
        ),
    };
  },
};

/** The item that is put, or the key that is deleted. */
function attributesOf(request: JsonObject): JsonObject {
  const put = objectAt(request, 'PutRequest');
  const deletion = objectAt(request, 'DeleteRequest');
  const attributes = put ? objectAt(put, 'Item') : deletion && objectAt(deletion, 'Key');
  if (attributes && !(put && deletion)) return attributes;
  throw validation('Supplied AttributeValue is empty: a write request is one PutRequest or one DeleteRequest');
}
