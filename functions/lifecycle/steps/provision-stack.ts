import { pooledStack, type StackMappingItem } from '../../layer/registry.ts';
import { newRun } from '../../layer/runs/new-run.ts';
import { isRunSettled, type RunItem } from '../../layer/runs/run-item.ts';
import { logger } from '../../layer/telemetry.ts';
import { transact } from '../../layer/transact.ts';
import { type Dependencies, type Onboarding, readItem, type Step, waiting } from '../onboarding.ts';

/** The pipeline could not make the tenant's stack. Nothing changes that but a retry. */
export class ProvisioningFailedError extends Error {
  override readonly name = 'ProvisioningFailedError';
  constructor(readonly run: RunItem) {
    super(`run ${run.runId} failed at ${run.failedStep ?? 'its start'}: ${run.failure ?? 'no cause is known'}`);
  }
}

/** No silo can be made before the pool, whose release it gets. */
export class PoolNotReadyError extends Error {
  override readonly name = 'PoolNotReadyError';
  constructor() {
    super('The pool has no release yet, expected its first run to have succeeded');
  }
}

/** A platinum tenant's own stack: requests the run once, waits till it is settled, then the tenant knows its pool of users. */
export const provisionStack: Step = async (onboarding, dependencies) => {
  const { registration, tenant } = onboarding;
  const { documents, tables, clock } = dependencies;
  if (registration.runId === undefined) return requestRun(onboarding, dependencies);
  const run = await readItem<RunItem>(documents, tables.PROVISIONING_RUNS_TABLE, { runId: registration.runId });
  if (!isRunSettled(run)) return waiting;
  if (run.status === 'FAILED') throw new ProvisioningFailedError(run);

  const { tenantId } = tenant;
  const stack = await readItem<StackMappingItem>(documents, tables.TENANT_STACK_MAPPING_TABLE, { tenantId });
  const { userPoolId, userPoolClientId } = stack;
  return [
    {
      Update: {
        TableName: tables.TENANTS_TABLE,
        Key: { tenantId },
        UpdateExpression:
          'SET userPoolId = :pool, userPoolClientId = :client, version = version + :one, updatedAt = :now',
        ConditionExpression: '#status = :provisioning',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ':pool': userPoolId,
          ':client': userPoolClientId,
          ':one': 1,
          ':now': clock().toISOString(),
          ':provisioning': 'PROVISIONING',
        },
      },
    },
  ];
};

/** The run, and that the registration has one: both or neither, so that two drivers make one run. */
async function requestRun({ registration }: Onboarding, dependencies: Dependencies): Promise<typeof waiting> {
  const { documents, tables, clock } = dependencies;
  const { registrationId, tenantId } = registration;
  const pool = await readItem<StackMappingItem>(documents, tables.TENANT_STACK_MAPPING_TABLE, {
    tenantId: pooledStack,
  });
  if (pool.release === undefined) throw new PoolNotReadyError();
  const request = {
    tenantId,
    action: 'PROVISION',
    release: pool.release,
    requestedBy: 'system',
    registrationId,
  } as const;
  const { run, writes } = newRun(request, dependencies);
  const outcome = await transact(documents, [
    {
      Update: {
        TableName: tables.REGISTRATIONS_TABLE,
        Key: { registrationId },
        UpdateExpression: 'SET runId = :runId, updatedAt = :now',
        ConditionExpression: 'attribute_not_exists(runId)',
        ExpressionAttributeValues: { ':runId': run.runId, ':now': clock().toISOString() },
      },
    },
    ...writes,
  ]);
  logger.info(outcome.written ? 'A run is requested' : 'A run was requested by another', { runId: run.runId });
  return waiting;
}
