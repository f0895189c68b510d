import type { ItemOperation } from '../../dependencies.ts';
import { itemContext, selectOf, withTable } from '../../item-access.ts';
import { textAt } from '../../wire.ts';

/** A scan has no leading keys, so a ForAllValues condition on them holds for it: AWS's own vacuous truth. */
export const scan: ItemOperation = {
  plan(services, input) {
    const table = services.names.tableOf(input);
    const index = textAt(input, 'IndexName');
    const resource = index === undefined ? services.names.tableArn(table) : services.names.indexArn(table, index);
    return {
      input: withTable(input, table),
      written: [],
      access: () =>
        Promise.resolve([
          {
            action: 'dynamodb:Scan',
            resource,
            context: { ...itemContext(input, []), 'dynamodb:Select': selectOf(input) },
          },
        ]),
    };
  },
};
