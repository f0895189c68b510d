import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { pooledStack, type RegistrationItem, type StackMappingItem, type TenantItem } from '../layer/registry.ts';
import type { RunItem } from '../layer/runs/run-item.ts';

export interface Tables {
  readonly TENANTS_TABLE: string;
  readonly REGISTRATIONS_TABLE: string;
  readonly TENANT_STACK_MAPPING_TABLE: string;
  readonly PROVISIONING_RUNS_TABLE: string;
}

/** What there is to be retried for a tenant, as it was read. */
export interface Failed {
  readonly tenant: TenantItem | undefined;
  /** The onboarding, where it has failed. */
  readonly registration?: RegistrationItem;
  /** The last run of the tenant's own stack, where it has failed. */
  readonly run?: RunItem;
  /** The release that a new silo gets: the pool's. */
  readonly poolRelease?: string;
}

/** Undefined where there is neither such a tenant nor such a stack. */
export async function whatFailed(
  documents: DynamoDBDocumentClient,
  tables: Tables,
  tenantId: string,
): Promise<Failed | undefined> {
  const read = async <Item>(table: string, key: Record<string, string>): Promise<Item | undefined> => {
    const { Item: item } = await documents.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }));
    return item as Item | undefined;
  };
  const [item, stack, pool] = await Promise.all([
    read<TenantItem>(tables.TENANTS_TABLE, { tenantId }),
    read<StackMappingItem>(tables.TENANT_STACK_MAPPING_TABLE, { tenantId }),
    read<StackMappingItem>(tables.TENANT_STACK_MAPPING_TABLE, { tenantId: pooledStack }),
  ]);
  const tenant = item?.listing === 'TENANT' ? item : undefined;
  if (!tenant && (tenantId !== pooledStack || !stack)) return undefined;
  const registration =
    tenant?.status === 'FAILED'
      ? await read<RegistrationItem>(tables.REGISTRATIONS_TABLE, { registrationId: tenant.registrationId })
      : undefined;
  const run = stack && (await read<RunItem>(tables.PROVISIONING_RUNS_TABLE, { runId: stack.lastRunId }));
  return {
    tenant,
    ...(registration?.status === 'FAILED' && { registration }),
    ...(run?.status === 'FAILED' && { run }),
    ...(pool?.release !== undefined && { poolRelease: pool.release }),
  };
}
