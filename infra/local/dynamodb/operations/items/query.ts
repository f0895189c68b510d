import type { ItemOperation } from '../../dependencies.ts';
import { partitionValue, refuseNumericPrefix, withoutGroups } from '../../expressions/key-condition.ts';
import { itemContext, keyText, selectOf, withTable } from '../../item-access.ts';
import { textAt } from '../../wire.ts';

/** On an index, permission is asked for the index, and the leading key is the index's. */
export const query: ItemOperation = {
  plan(services, input) {
    const table = services.names.tableOf(input);
    const index = textAt(input, 'IndexName');
    const expression = textAt(input, 'KeyConditionExpression');
    if (expression !== undefined) refuseNumericPrefix(expression, input);
    const named = withTable(input, table);
    return {
      input: expression?.includes('(') ? { ...named, KeyConditionExpression: withoutGroups(expression) } : named,
      written: [],
      access: async () => {
        const schema = await services.schemas.find(table);
        const partitionKey = index === undefined ? schema?.partitionKey : schema?.indexPartitionKeys.get(index);
        const leadingKeys = () => (partitionKey === undefined ? [] : [keyText(partitionValue(input, partitionKey))]);
        return [
          {
            action: 'dynamodb:Query',
            resource: index === undefined ? services.names.tableArn(table) : services.names.indexArn(table, index),
            context: () => ({ ...itemContext(input, leadingKeys()), 'dynamodb:Select': selectOf(input) }),
          },
        ];
      },
    };
  },
};
