import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type MoveItem, moveSummary, newMove } from '../../../schema/transition.ts';
import type { RunItem } from '../../layer/runs/run-item.ts';
import { advance } from '../advance.ts';
import type { Dependencies } from '../dependencies.ts';
import { limits, type World } from './world.ts';

export const platinumLimits = { requestsPerSecond: 400, burst: 400, requestsPerDay: 9000, requestsPerMonth: 90_000 };

/** A move from the pool to platinum as the control plane's resolver begins it. */
export async function givenMove(world: World, tenantId: string): Promise<void> {
  const { tables } = world;
  const start = { tenantId, transitionId: `M-${tenantId}`, startedBy: 'operator', fromStack: 'pooled' };
  const move = newMove(
    { ...start, now: world.now.toISOString() },
    { toStack: tenantId, fromTier: 'BASIC', toTier: 'PLATINUM', fromLimits: limits, toLimits: platinumLimits },
  );
  await world.put(tables.TRANSITIONS_TABLE, move);
  await world.put(tables.TENANTS_TABLE, { ...(await world.tenant(tenantId)), move: moveSummary(move) });
  const gate = await world.get<object>(tables.GATES_TABLE, { tenantId });
  await world.put(tables.GATES_TABLE, { ...gate, freeAt: 1 });
}

/** What an operator's mutation sets. */
export async function tell(world: World, tenantId: string, name: 'confirmedBy' | 'revertBy'): Promise<void> {
  await world.documents.send(
    new UpdateCommand({
      TableName: world.tables.TRANSITIONS_TABLE,
      Key: { tenantId },
      UpdateExpression: 'SET #name = :by, dueAt = :now ADD revision :one',
      ExpressionAttributeNames: { '#name': name },
      ExpressionAttributeValues: { ':by': 'operator', ':now': world.now.toISOString(), ':one': 1 },
    }),
  );
}

/** What the provisioning pipeline does with a run that was requested. */
export async function workPipeline(world: World, provisioning: 'SUCCEEDED' | 'FAILED' = 'SUCCEEDED'): Promise<void> {
  const { tables, siloData } = world;
  for (const item of await world.all(tables.PROVISIONING_RUNS_TABLE)) {
    const run = item as unknown as RunItem;
    if (run.status !== 'REQUESTED') continue;
    const { tenantId } = run;
    const outcome = run.action === 'PROVISION' ? provisioning : 'SUCCEEDED';
    await world.put(tables.PROVISIONING_RUNS_TABLE, { ...run, status: outcome, failure: 'out of order' });
    const { currentRunId: _run, ...mapping } = {
      ...(await world.get<Record<string, unknown>>(tables.TENANT_STACK_MAPPING_TABLE, { tenantId })),
    };
    if (run.action === 'DEPROVISION') {
      await world.remove(tables.TENANT_STACK_MAPPING_TABLE, { tenantId });
      await world.empty(siloData.products, 'productId');
      await world.empty(siloData.orders, 'orderId');
      continue;
    }
    const facts = {
      ...{ productsTable: siloData.products, ordersTable: siloData.orders, dataRoleArn: 'arn:silo-role' },
      ...{ userPoolId: 'silo-pool', userPoolClientId: 'silo-client', release: '1' },
    };
    await world.put(tables.TENANT_STACK_MAPPING_TABLE, { ...mapping, ...(outcome === 'SUCCEEDED' && facts) });
  }
}

interface Ride {
  readonly dependencies?: Dependencies;
  readonly pipeline?: 'SUCCEEDED' | 'FAILED';
  /** Called before each step; may change what is there. */
  readonly before?: (step: MoveItem['step']) => Promise<unknown>;
}

/** Does what is due, the pipeline's work between, until nothing is left or an operator is waited for. Answers the steps. */
export async function ride(world: World, tenantId: string, options: Ride = {}): Promise<string[]> {
  const { dependencies = world.dependencies(), pipeline, before } = options;
  const steps: string[] = [];
  for (;;) {
    const move = (await world.transition(tenantId)) as MoveItem | undefined;
    if (!move) return steps;
    if (steps.at(-1) !== move.step) {
      steps.push(move.step);
      await before?.(move.step);
    }
    const dueAt = await advance(dependencies)(tenantId);
    if (dueAt && dueAt.getTime() - world.now.getTime() > 60_000) return steps;
    if (dueAt && dueAt > world.now) world.now = dueAt;
    await workPipeline(world, pipeline);
  }
}
