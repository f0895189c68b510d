import { paginateDescribeStacks, type Stack } from '@aws-sdk/client-cloudformation';
import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { pooledStack, type StackMappingItem, type TenantItem } from '../layer/registry.ts';
import { listStacks } from '../layer/rollouts/list-stacks.ts';
import { stackNameOf } from '../layer/runs/run-item.ts';
import { type Dependencies, type Finding, isStill } from './dependencies.ts';
import { stackDiffers } from './stack-differs.ts';

const silo = stackNameOf('');

/**
 * What the mapping says against what CloudFormation has. Nothing of it is mended: a stack is a tenant's data. Rows and stacks come and go
 * between two listings, so what seems wrong is read again.
 */
export async function checkStacks(dependencies: Dependencies): Promise<Finding[]> {
  const { documents, tables } = dependencies;
  const rows = await listStacks({ documents, mappingTable: tables.TENANT_STACK_MAPPING_TABLE });
  const stacks = await describeStacks(dependencies);
  const known = new Set(rows.map(({ tenantId }) => tenantId));
  const findings: (Finding | undefined)[] = [];
  for (const { tenantId } of rows) findings.push(await checkRow(tenantId, stacks, dependencies));
  for (const stackName of stacks.keys()) {
    const tenantId = stackName.slice(silo.length);
    if (!stackName.startsWith(silo) || known.has(tenantId) || (await readRow(tenantId, dependencies))) continue;
    const message = `Stack ${stackName} has no row in TenantStackMapping: look whose data it holds, then delete it or enter it.`;
    findings.push({ kind: 'STACK_ORPHANED', subject: stackName, tenantId, message, isMended: false });
  }
  return findings.filter((finding) => finding !== undefined);
}

/** All that there are, by their names. */
async function describeStacks({ cloudformation }: Dependencies): Promise<ReadonlyMap<string, Stack>> {
  const described = new Map<string, Stack>();
  for await (const { Stacks = [] } of paginateDescribeStacks({ client: cloudformation }, {}))
    for (const stack of Stacks) if (stack.StackName !== undefined) described.set(stack.StackName, stack);
  return described;
}

async function readRow(tenantId: string, { documents, tables }: Dependencies): Promise<StackMappingItem | undefined> {
  const { Item } = await documents.send(
    new GetCommand({ TableName: tables.TENANT_STACK_MAPPING_TABLE, Key: { tenantId }, ConsistentRead: true }),
  );
  return Item as StackMappingItem | undefined;
}

async function checkRow(
  tenantId: string,
  stacks: ReadonlyMap<string, Stack>,
  dependencies: Dependencies,
): Promise<Finding | undefined> {
  const row = await readRow(tenantId, dependencies);
  // A run has it, or it was never made and its failed run says so.
  if (!row || row.currentRunId !== undefined || row.release === undefined) return undefined;
  // Its run may have ended after the stacks were listed.
  if (!isStill(row.updatedAt, dependencies.clock)) return undefined;
  // By its tenant, as it is made, whatever its row says.
  const stackName = stackNameOf(tenantId);
  const stack = stacks.get(stackName);
  if (!stack) {
    const message = `TenantStackMapping has ${tenantId} at release ${row.release}, and CloudFormation has no stack ${stackName}: look who deleted it, then restore it with its data or remove the row.`;
    return { kind: 'STACK_MISSING', subject: tenantId, tenantId, message, isMended: false };
  }
  const { StackStatus: status } = stack;
  // Where a run of ours failed, the row says so, and the run why.
  if (row.status === 'ACTIVE' && isUnwell(status)) {
    const message = `Stack ${stackName} is ${status}, though its row is ACTIVE at release ${row.release} and no run has it: look in CloudFormation who changed it, and mend it there.`;
    return { kind: 'STACK_UNWELL', subject: `${tenantId}-${status}`, tenantId, message, isMended: false };
  }
  const different = row.status === 'ACTIVE' ? stackDiffers(row, stack) : undefined;
  if (different) return different;
  if (tenantId === pooledStack) return undefined;
  const { documents, tables } = dependencies;
  const { Item } = await documents.send(
    new GetCommand({ TableName: tables.TENANTS_TABLE, Key: { tenantId }, ConsistentRead: true }),
  );
  const tenant = Item as TenantItem | undefined;
  if (tenant && tenant.status !== 'OFFBOARDED') return undefined;
  const message = `Stack ${stackName} is a tenant's own, and the tenant is ${
    tenant?.status ?? 'not in the registry'
  }: request its removal, or delete it.`;
  return { kind: 'STACK_WITHOUT_TENANT', subject: tenantId, tenantId, message, isMended: false };
}

/** Whether something was begun with a stack that went wrong and was not put right. After an UPDATE_ROLLBACK_COMPLETE it is as before. */
function isUnwell(status = ''): boolean {
  return status.endsWith('_FAILED') || status === 'ROLLBACK_COMPLETE';
}
