import { GetCommand, paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { TenantItem } from '../layer/registry.ts';
import { checkOnboarding } from './check-onboarding.ts';
import { type Dependencies, type Finding, isStill } from './dependencies.ts';

/** Tenants against what they should have: one that is being onboarded goes on, one with a stack of its own has it. */
export async function checkTenants(dependencies: Dependencies): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const tenant of await listTenants(dependencies)) {
    if (!isStill(tenant.updatedAt, dependencies.clock)) continue;
    const check = isOpened(tenant) ? checkSilo : checkOnboarding;
    const found = await check(tenant, dependencies);
    if (found) findings.push(found);
  }
  return findings;
}

/** Those that are being onboarded, and those that work in a stack of their own. */
async function listTenants({ documents, tables }: Dependencies): Promise<TenantItem[]> {
  const tenants: TenantItem[] = [];
  const pages = paginateQuery(
    { client: documents },
    {
      TableName: tables.TENANTS_TABLE,
      IndexName: 'slug',
      KeyConditionExpression: 'listing = :listing',
      FilterExpression: `#status IN (:requested, :provisioning)
        OR (deployment = :silo AND #status IN (:active, :suspended))`,
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: {
        ':listing': 'TENANT',
        ':silo': 'SILO',
        ...{ ':requested': 'REQUESTED', ':provisioning': 'PROVISIONING' },
        ...{ ':active': 'ACTIVE', ':suspended': 'SUSPENDED' },
      },
    },
  );
  for await (const { Items = [] } of pages) tenants.push(...(Items as TenantItem[]));
  return tenants;
}

function isOpened({ status }: TenantItem): boolean {
  return status === 'ACTIVE' || status === 'SUSPENDED';
}

/** By its row routing and sign-in find the tenant, and rollouts its stack. */
async function checkSilo({ tenantId }: TenantItem, { documents, tables }: Dependencies): Promise<Finding | undefined> {
  const read = async (TableName: string) =>
    (await documents.send(new GetCommand({ TableName, Key: { tenantId }, ConsistentRead: true }))).Item;
  if (await read(tables.TENANT_STACK_MAPPING_TABLE)) return undefined;
  // The index may lag behind a tenant that has left its stack.
  const now = (await read(tables.TENANTS_TABLE)) as TenantItem | undefined;
  if (now?.deployment !== 'SILO' || !isOpened(now)) return undefined;
  const message = `Tenant ${tenantId} is ${now.status} in a stack of its own, and TenantStackMapping has no row of it: look who removed it, then restore row and stack, or offboard the tenant.`;
  return { kind: 'SILO_WITHOUT_STACK', subject: tenantId, tenantId, message, isMended: false };
}
