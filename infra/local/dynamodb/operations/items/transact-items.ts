import type { JsonObject } from '../../../service.ts';
import type { Access, ItemOperation, TableServices } from '../../dependencies.ts';
import { singleItemAccess, withTable } from '../../item-access.ts';
import { isObject, objectsAt, requiredObject, validation } from '../../wire.ts';

interface Kind {
  readonly action: string;
  readonly keyIn: 'Key' | 'Item';
  readonly writes: boolean;
}

interface Part {
  readonly kind: Kind;
  readonly name: string;
  readonly table: string;
  readonly request: JsonObject;
}

/**
 * A transaction is allowed if each of its parts is, as an operation of its own.
 * Source: DynamoDB developer guide, "Using IAM with DynamoDB transactions".
 */
export function transactItems(enclosing: string, kinds: Readonly<Record<string, Kind>>): ItemOperation {
  const read = (services: TableServices, item: JsonObject): Part => {
    const [entry, ...others] = Object.entries(item);
    const [name, request] = entry ?? ['', null];
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (!kind || !isObject(request) || others.length > 0) {
      throw validation(`TransactItems can only contain one of ${Object.keys(kinds).join(', ')}`);
    }
    const table = services.names.tableOf(request);
    return { kind, name, table, request: withTable(request, table) };
  };

  return {
    plan(services, input) {
      const parts = objectsAt(input, 'TransactItems').map((item) => read(services, item));
      const context = () => ({ 'dynamodb:EnclosingOperation': enclosing });
      const accessOf = ({ kind, table, request }: Part): Promise<Access> =>
        singleItemAccess(services, kind.action, table, request, requiredObject(request, kind.keyIn), context);
      return {
        input: { ...input, TransactItems: parts.map(({ name, request }) => ({ [name]: request })) },
        written: [...new Set(parts.filter(({ kind }) => kind.writes).map(({ table }) => table))],
        access: () => Promise.all(parts.map(accessOf)),
      };
    },
  };
}
