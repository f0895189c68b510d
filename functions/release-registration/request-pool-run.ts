import { setTimeout as sleep } from 'node:timers/promises';
import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { pooledStack, type StackMappingItem } from '../layer/registry.ts';
import { newRun, type RunDependencies } from '../layer/runs/new-run.ts';
import { logger } from '../layer/telemetry.ts';
import { transact } from '../layer/transact.ts';

export interface PoolDependencies extends RunDependencies {
  readonly documents: DynamoDBDocumentClient;
}

/** How long a run that is under way is waited for, in milliseconds: the rest of the function's time. */
const patience = 90_000;

/**
 * The pool's first run, and another one for as long as none has succeeded. A pool that serves gets a new release only
 * where it follows deployments.
 */
export async function requestPoolRun(release: string, follows: boolean, dependencies: PoolDependencies): Promise<void> {
  const { documents, clock } = dependencies;
  const end = clock().getTime() + patience;
  let pool = await readPool(dependencies);
  while (pool?.currentRunId !== undefined && clock().getTime() < end) {
    await sleep(500);
    pool = await readPool(dependencies);
  }
  const serves = pool?.release !== undefined;
  if (serves && (!follows || (pool?.release === release && pool.status === 'ACTIVE'))) return;
  const action = serves ? 'UPDATE' : 'PROVISION';
  const { run, writes } = newRun({ tenantId: pooledStack, action, release, requestedBy: 'system' }, dependencies);
  const outcome = await transact(documents, writes);
  if (outcome.written) logger.info('A run of the pool is requested', { runId: run.runId, release });
  else logger.warn('The pool is with another run; this release needs a rollout', { release });
}

async function readPool({ documents, tables }: PoolDependencies): Promise<StackMappingItem | undefined> {
  const { Item } = await documents.send(
    new GetCommand({
      TableName: tables.TENANT_STACK_MAPPING_TABLE,
      Key: { tenantId: pooledStack },
      ConsistentRead: true,
    }),
  );
  return Item as StackMappingItem | undefined;
}
