import { AwsError } from '../../errors.ts';
import type { JsonObject, ResourceProvider, ResourceResult } from '../../service.ts';
import type { TableServices } from '../dependencies.ts';
import { deleteTable } from '../operations/tables/delete-table.ts';
import { isObject } from '../wire.ts';
import type { DesiredTable, ReadTable } from './desired-table.ts';
import { tableNameOf } from './names.ts';
import { reconcile } from './reconcile.ts';

type Lifecycle = Pick<ResourceProvider, 'create' | 'update' | 'delete'>;

/** CloudFormation's own calls are checked by CloudFormation. */
const allowed = (): void => undefined;

/** Both types of tables differ only in how their properties read. */
export function createTableResource(services: TableServices, read: ReadTable): Lifecycle {
  const { names, settings, callEngine, schemas } = services;

  const create = async (token: string, table: DesiredTable): Promise<JsonObject> => {
    const existing = await findTable(services, table.name);
    if (existing && settings.get(table.name)?.token === token) return existing;
    if (existing || names.isHidden(table.name)) {
      throw new AwsError('ResourceInUseException', `Table already exists: ${table.name}`);
    }
    // Before the table, so that a retry after a crash knows it for its own.
    await settings.put(table.name, { token });
    const { TableDescription: description } = await callEngine('CreateTable', creation(table));
    schemas.forget(table.name);
    return isObject(description) ? description : {};
  };

  const result = async (table: string): Promise<ResourceResult> => {
    const { Table: description } = names.translate(await callEngine('DescribeTable', { TableName: table }));
    const { TableArn, TableId, LatestStreamArn } = description as JsonObject;
    const attributes: JsonObject = { Arn: TableArn ?? '', TableId: TableId ?? '' };
    return {
      physicalId: table,
      attributes: LatestStreamArn ? { ...attributes, StreamArn: LatestStreamArn } : attributes,
    };
  };

  return {
    async create({ token, properties, ...scope }) {
      const table = read(scope, tableNameOf(scope, token, properties), properties);
      await reconcile(services, await create(token, table), table);
      return await result(table.name);
    },

    async update({ physicalId, properties, ...scope }) {
      const table = read(scope, physicalId, properties);
      const existing = await findTable(services, physicalId);
      if (!existing) throw new AwsError('ResourceNotFoundException', `Table ${physicalId} does not exist`);
      await reconcile(services, existing, table);
      return await result(physicalId);
    },

    async delete({ physicalId }) {
      try {
        await deleteTable(services, allowed, { TableName: physicalId });
      } catch (error) {
        if (!(error instanceof AwsError) || error.code !== 'ResourceNotFoundException') throw error;
        await settings.delete(physicalId);
      }
    },
  };
}

async function findTable({ callEngine }: TableServices, table: string): Promise<JsonObject | undefined> {
  try {
    const { Table: description } = await callEngine('DescribeTable', { TableName: table });
    return isObject(description) ? description : undefined;
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

/** Tags, encryption, time to live and recovery come after, in the way that also changes them. */
function creation(table: DesiredTable): JsonObject {
  return {
    TableName: table.name,
    AttributeDefinitions: table.attributeDefinitions,
    KeySchema: table.keySchema,
    BillingMode: table.billingMode,
    ...(table.throughput ? { ProvisionedThroughput: table.throughput } : {}),
    ...(table.globalIndexes.length > 0 ? { GlobalSecondaryIndexes: table.globalIndexes } : {}),
    ...(table.localIndexes.length > 0 ? { LocalSecondaryIndexes: table.localIndexes } : {}),
    ...(table.streamView === undefined
      ? {}
      : { StreamSpecification: { StreamEnabled: true, StreamViewType: table.streamView } }),
    DeletionProtectionEnabled: table.deletionProtection,
  };
}
