import { AwsError } from '../errors.ts';
import type { JsonObject } from '../service.ts';
import type { CallEngine } from './dependencies.ts';
import { isObject, objectsAt, textAt } from './wire.ts';

/** The partition keys of a table and of its indexes. */
export interface TableSchema {
  readonly partitionKey: string;
  readonly indexPartitionKeys: ReadonlyMap<string, string>;
}

export interface Schemas {
  /** Undefined where there is no such table. */
  find(table: string): Promise<TableSchema | undefined>;
  forget(table: string): void;
}

/** Asked of the engine once; forgotten when the table changes. */
export function createSchemas(callEngine: CallEngine): Schemas {
  const known = new Map<string, Promise<TableSchema | undefined>>();

  const load = async (table: string): Promise<TableSchema | undefined> => {
    try {
      const { Table: description } = await callEngine('DescribeTable', { TableName: table });
      return isObject(description) ? readSchema(description) : undefined;
    } catch (error) {
      if (error instanceof AwsError && error.code === 'ResourceNotFoundException') return undefined;
      // The engine will say itself what is wrong with the name.
      if (error instanceof AwsError && error.code === 'ValidationException') return undefined;
      throw error;
    }
  };

  return {
    find(table) {
      const existing = known.get(table);
      if (existing) return existing;
      const loading = load(table);
      known.set(table, loading);
      const forgetUnlessFound = (schema: TableSchema | undefined): void => {
        if (!schema && known.get(table) === loading) known.delete(table);
      };
      loading.then(forgetUnlessFound, () => forgetUnlessFound(undefined));
      return loading;
    },
    forget: (table) => void known.delete(table),
  };
}

function readSchema(description: JsonObject): TableSchema {
  const indexes = [
    ...objectsAt(description, 'GlobalSecondaryIndexes'),
    ...objectsAt(description, 'LocalSecondaryIndexes'),
  ];
  return {
    partitionKey: partitionKeyOf(description),
    indexPartitionKeys: new Map(indexes.map((index) => [textAt(index, 'IndexName') ?? '', partitionKeyOf(index)])),
  };
}

function partitionKeyOf(owner: JsonObject): string {
  const key = objectsAt(owner, 'KeySchema').find((element) => element['KeyType'] === 'HASH');
  return (key && textAt(key, 'AttributeName')) ?? '';
}
