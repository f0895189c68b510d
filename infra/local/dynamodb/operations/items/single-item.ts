import type { ConditionContext } from '../../../service.ts';
import type { ItemOperation } from '../../dependencies.ts';
import { selectOf, singleItemAccess, withTable } from '../../item-access.ts';
import { requiredObject } from '../../wire.ts';

interface SingleItem {
  readonly action: string;
  /** Where the request holds the key: `Key`, or the whole `Item`. */
  readonly keyIn: 'Key' | 'Item';
  readonly writes: boolean;
}

/** GetItem, PutItem, UpdateItem and DeleteItem differ in little to who guards the table. */
export function singleItem({ action, keyIn, writes }: SingleItem): ItemOperation {
  return {
    plan(services, input) {
      const table = services.names.tableOf(input);
      return {
        input: withTable(input, table),
        written: writes ? [table] : [],
        access: async () => {
          const select = (): ConditionContext => (writes ? {} : { 'dynamodb:Select': selectOf(input) });
          return [await singleItemAccess(services, action, table, input, requiredObject(input, keyIn), select)];
        },
      };
    },
  };
}
