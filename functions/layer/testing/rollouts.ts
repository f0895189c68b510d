import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { StackMappingItem } from '../registry.ts';
import { planWaves, type PlannedStack } from '../rollouts/plan-waves.ts';
import { activeRolloutKey, type RolloutItem } from '../rollouts/rollout.ts';
import { stackNameOf } from '../runs/run-item.ts';
import type { TestTables } from './engine.ts';

export const oldRelease = '1.0.0-aaaaaaaaaaaa';
export const newRelease = '1.1.0-bbbbbbbbbbbb';

/** The id of a silo's tenant, in the form of a ULID: `siloId(3)`. */
export function siloId(number: number): string {
  return `01SXSXSXSXSXSXSXSXSXSX${String(number).padStart(4, '0')}`;
}

const now = '2026-11-23T10:00:00.000Z';

/** A rollout of these stacks that has just been started. */
export function aRollout(stacks: readonly PlannedStack[], given: Partial<RolloutItem> = {}): RolloutItem {
  return {
    rolloutId: '01SXRXLLXXT00000000000000A',
    listing: 'ROLLOUT',
    release: newRelease,
    status: 'RUNNING',
    waves: planWaves(stacks, []),
    maxParallel: 2,
    tolerateFailures: 0,
    startedBy: 'ann@example.com',
    attempt: 1,
    version: 1,
    createdAt: now,
    updatedAt: now,
    ...given,
  };
}

/** A row of TenantStackMapping of a stack that serves the old release. */
export function aStack(tenantId: string, given: Partial<StackMappingItem> = {}): StackMappingItem {
  return {
    tenantId,
    listing: 'STACK',
    stackName: stackNameOf(tenantId),
    region: 'us-east-1',
    status: 'ACTIVE',
    wave: tenantId === 'pooled' ? 'POOLED' : 'REST',
    release: oldRelease,
    lastRunId: 'run-before',
    updatedAt: now,
    ...given,
  };
}

export async function putStacks({ documents, tables }: TestTables, ...stacks: StackMappingItem[]): Promise<void> {
  for (const Item of stacks) {
    await documents.send(new PutCommand({ TableName: tables.TENANT_STACK_MAPPING_TABLE, Item }));
  }
}

/** Writes a rollout as the one that is under way. */
export async function putActive({ documents, tables }: TestTables, rollout: RolloutItem): Promise<void> {
  const TableName = tables.ROLLOUTS_TABLE;
  await documents.send(new PutCommand({ TableName, Item: rollout }));
  await documents.send(new PutCommand({ TableName, Item: { rolloutId: activeRolloutKey, names: rollout.rolloutId } }));
}
