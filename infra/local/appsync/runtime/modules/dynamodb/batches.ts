import { type Fields } from '../primordials.ts';
import { codeError } from '../signals.ts';
import { toMapValues } from '../util/dynamodb.ts';
import { createPlaceholders } from './names.ts';
import { compact, renderFilter, renderProjection, requireInput, requireKey } from './requests.ts';
import { renderUpdate } from './update-expression.ts';

export function batchGet(input: unknown): Fields {
  return {
    operation: 'BatchGetItem',
    tables: mapTables(input, 'batchGet', (table) => {
      const { keys, consistentRead, projection } = requireInput(table, 'batchGet: table');
      return compact({
        keys: requireList(keys, 'batchGet: keys').map((key) => requireKey(key, 'batchGet')),
        consistentRead,
        projection: renderProjection(projection, createPlaceholders()),
      });
    }),
  };
}

export function batchPut(input: unknown): Fields {
  return {
    operation: 'BatchPutItem',
    tables: mapTables(input, 'batchPut', (items) =>
      requireList(items, 'batchPut: items').map((item) => toMapValues(requireInput(item, 'batchPut: item'))),
    ),
  };
}

export function batchDelete(input: unknown): Fields {
  return {
    operation: 'BatchDeleteItem',
    tables: mapTables(input, 'batchDelete', (keys) =>
      requireList(keys, 'batchDelete: keys').map((key) => requireKey(key, 'batchDelete')),
    ),
  };
}

export function transactGet(input: unknown): Fields {
  const { items } = requireInput(input, 'transactGet');
  return {
    operation: 'TransactGetItems',
    transactItems: requireList(items, 'transactGet: items').map((item) => {
      const { table, key, projection } = requireInput(item, 'transactGet: item');
      const rendered = renderProjection(projection, createPlaceholders());
      return compact({ table, key: requireKey(key, 'transactGet'), projection: rendered });
    }),
  };
}

export function transactWrite(input: unknown): Fields {
  const { items } = requireInput(input, 'transactWrite');
  return {
    operation: 'TransactWriteItems',
    transactItems: requireList(items, 'transactWrite: items').map(renderWrite),
  };
}

function renderWrite(entry: unknown): Fields {
  const fields = requireInput(entry, 'transactWrite: item');
  const [kind = '', ...others] = Object.keys(fields);
  if (others.length > 0) throw codeError(`transactWrite: an item is one of its kind, got ${kind} and ${others.join()}`);
  const write = requireInput(fields[kind], `transactWrite: ${kind}`);
  const common = { table: write.table, key: requireKey(write.key, kind) };
  const condition = renderFilter(write.condition, 'condition');
  switch (kind) {
    case 'putItem': {
      const attributeValues = toMapValues(requireInput(write.item, 'putItem: item'));
      return compact({ ...common, operation: 'PutItem', attributeValues, condition });
    }
    case 'updateItem':
      return compact({ ...common, operation: 'UpdateItem', update: renderUpdate(write.update), condition });
    case 'deleteItem':
      return compact({ ...common, operation: 'DeleteItem', condition });
    case 'conditionCheck':
      return compact({ ...common, operation: 'ConditionCheck', condition });
    default:
      throw codeError(`transactWrite: got ${kind}, expected putItem, updateItem, deleteItem or conditionCheck`);
  }
}

function mapTables(input: unknown, caller: string, convert: (table: unknown) => unknown): Fields {
  const tables = requireInput(requireInput(input, caller).tables, `${caller}: tables`);
  const converted: Fields = {};
  for (const name of Object.keys(tables)) converted[name] = convert(tables[name]);
  return converted;
}

function requireList(value: unknown, name: string): unknown[] {
  if (!Array.isArray(value)) throw codeError(`${name}: expected a list`);
  return value;
}
