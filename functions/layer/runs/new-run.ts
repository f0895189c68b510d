import type { ProvisioningAction, TenantStackStatus } from '../../../generated/control-plane.ts';
import type { Clock } from '../clock.ts';
import type { CreateId } from '../ids.ts';
import { pooledStack } from '../registry.ts';
import type { TransactItems } from '../transact.ts';
import { isStackOwner, type RunItem, stackNameOf, stepsOf } from './run-item.ts';

export interface NewRun {
  /** `pooled`, or the tenant's id. */
  readonly tenantId: string;
  readonly action: ProvisioningAction;
  readonly release: string;
  /** An operator's id, or `system`. */
  readonly requestedBy: string;
  readonly registrationId?: string;
  readonly rolloutId?: string;
}

export type RunTables = Readonly<Record<'PROVISIONING_RUNS_TABLE' | 'TENANT_STACK_MAPPING_TABLE', string>>;

export interface RunDependencies {
  readonly tables: RunTables;
  readonly clock: Clock;
  readonly createRunId: CreateId;
  readonly region: string;
}

/** A tenant id that cannot be part of a stack's name. */
export class StackOwnerError extends Error {
  override readonly name = 'StackOwnerError';
  constructor(readonly tenantId: string) {
    super(
      `${JSON.stringify(tenantId)} owns no stack, expected ${pooledStack} or a tenant's id (26 letters and digits)`,
    );
  }
}

/** What a stack is while such a run works on it. */
export const statusDuring: Readonly<Record<ProvisioningAction, TenantStackStatus>> = {
  PROVISION: 'PROVISIONING',
  UPDATE: 'UPDATING',
  DEPROVISION: 'DEPROVISIONING',
};

/**
 * A run, and what to write in the transaction of whatever wants it: nothing starts but by the stream of ProvisioningRuns. The second
 * write's condition is that no other run has the stack, so a transaction that is refused there is to be tried when that run is settled.
 */
export function newRun(request: NewRun, dependencies: RunDependencies): { run: RunItem; writes: TransactItems } {
  const { tenantId, action, release, requestedBy, registrationId, rolloutId } = request;
  if (!isStackOwner(tenantId)) throw new StackOwnerError(tenantId);
  const { tables, clock, createRunId, region } = dependencies;
  const now = clock().toISOString();
  const run: RunItem = {
    runId: createRunId(),
    tenantId,
    action,
    release,
    status: 'REQUESTED',
    attempt: 1,
    steps: stepsOf(action),
    logTail: [],
    ...(registrationId !== undefined && { registrationId }),
    ...(rolloutId !== undefined && { rolloutId }),
    requestedBy,
    createdAt: now,
    updatedAt: now,
  };
  const put = {
    Put: {
      TableName: tables.PROVISIONING_RUNS_TABLE,
      Item: { ...run },
      ConditionExpression: 'attribute_not_exists(runId)',
    },
  };
  return { run, writes: [put, lockStack(run, region, tables)] };
}

/** Gives the stack to the run, and enters the stack into the mapping if it is new. */
function lockStack(run: RunItem, region: string, tables: RunTables): TransactItems[number] {
  const { tenantId, runId, action, createdAt } = run;
  const isNew = action === 'PROVISION';
  return {
    Update: {
      TableName: tables.TENANT_STACK_MAPPING_TABLE,
      Key: { tenantId },
      UpdateExpression: `SET listing = :listing, stackName = :stackName, #region = :region, #status = :status,
        currentRunId = :runId, lastRunId = :runId, wave = if_not_exists(wave, :wave), updatedAt = :now`,
      ConditionExpression: `attribute_not_exists(currentRunId)${isNew ? '' : ' AND attribute_exists(tenantId)'}`,
      ExpressionAttributeNames: { '#region': 'region', '#status': 'status' },
      ExpressionAttributeValues: {
        ':listing': 'STACK',
        ':stackName': stackNameOf(tenantId),
        ':region': region,
        ':status': statusDuring[action],
        ':runId': runId,
        ':wave': tenantId === pooledStack ? 'POOLED' : 'REST',
        ':now': createdAt,
      },
    },
  };
}
