import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { pooledStack } from '../layer/registry.ts';
import { listStacks } from '../layer/rollouts/list-stacks.ts';
import { activeRolloutKey, type RolloutItem } from '../layer/rollouts/rollout.ts';
import type { Dependencies, Finding } from './dependencies.ts';

/** Stacks that a finished rollout should have brought to its release, and that run another. A new rollout of that release mends it. */
export async function checkReleases(dependencies: Dependencies): Promise<Finding[]> {
  const { documents, tables } = dependencies;
  const last = await lastRollout(dependencies);
  if (last?.status !== 'SUCCEEDED') return [];
  const stacks = await listStacks({ documents, mappingTable: tables.TENANT_STACK_MAPPING_TABLE });
  if (stacks.find(({ tenantId }) => tenantId === pooledStack)?.release !== last.release) return [];
  return stacks
    .filter(({ currentRunId, release }) => currentRunId === undefined && release && release !== last.release)
    .map(({ tenantId, stackName, release }) => ({
      kind: 'STACK_BEHIND',
      subject: `${tenantId}-${last.rolloutId}`,
      tenantId,
      message: `Stack ${stackName} runs ${release}, the pool ${last.release} since rollout ${last.rolloutId}: start a rollout of it again.`,
      isMended: false,
    }));
}

/** The newest rollout; undefined while one is under way. */
async function lastRollout({ documents, tables }: Dependencies): Promise<RolloutItem | undefined> {
  const { Item: active } = await documents.send(
    new GetCommand({ TableName: tables.ROLLOUTS_TABLE, Key: { rolloutId: activeRolloutKey }, ConsistentRead: true }),
  );
  if (active) return undefined;
  const { Items = [] } = await documents.send(
    new QueryCommand({
      TableName: tables.ROLLOUTS_TABLE,
      IndexName: 'listing',
      KeyConditionExpression: 'listing = :listing',
      ExpressionAttributeValues: { ':listing': 'ROLLOUT' },
      ScanIndexForward: false,
      Limit: 1,
    }),
  );
  return Items[0] as RolloutItem | undefined;
}
