import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type {
  MutationRetryProvisioningArgs,
  RetryProvisioningPayload,
  UserErrorCode,
} from '../../generated/control-plane.ts';
import { auditEntry } from '../layer/audit-entry.ts';
import type { Clock } from '../layer/clock.ts';
import type { FieldCall, OperatorIdentity } from '../layer/field-call.ts';
import { pooledStack, type RegistrationItem, type TenantItem } from '../layer/registry.ts';
import { restartRun } from '../layer/runs/restart-run.ts';
import type { RunItem } from '../layer/runs/run-item.ts';
import { toProvisioningRun } from '../layer/runs/to-provisioning-run.ts';
import { logger } from '../layer/telemetry.ts';
import { enterTenant } from '../layer/tenant-context.ts';
import { toTenant } from '../layer/to-tenant.ts';
import { transact, type TransactItems } from '../layer/transact.ts';
import { userError } from '../layer/user-error.ts';
import { type Failed, type Tables, whatFailed } from './what-failed.ts';

export interface Dependencies {
  readonly documents: DynamoDBDocumentClient;
  readonly tables: Tables & { readonly AUDIT_LOG_TABLE: string };
  readonly clock: Clock;
}

const identifier = /^[0-9A-Za-z-]{1,64}$/;

/**
 * Lets a failed onboarding, a failed run of the tenant's stack, or both, go on from the step that failed, in one transaction with the
 * audit entry; the tables' streams drive the rest. A silo that was never made is made from the release that the pool runs
 * by now, so that a broken release does not condemn it.
 */
export function retryProvisioning({ documents, tables, clock }: Dependencies) {
  return async ({
    arguments: { input },
    identity,
  }: FieldCall<MutationRetryProvisioningArgs, OperatorIdentity>): Promise<RetryProvisioningPayload> => {
    const { tenantId } = input;
    if (!identity) throw new Error('retryProvisioning was called without an operator');
    const failed = identifier.test(tenantId) ? await whatFailed(documents, tables, tenantId) : undefined;
    if (!failed) return refused('NOT_FOUND', 'There is no such tenant.');
    enterTenant({ tenantId });
    if (!failed.run && !failed.registration) return refused('INVALID_STATE', `Nothing of ${tenantId} has failed.`);

    const now = clock().toISOString();
    const restarted = failed.run && restartRun(failed.run, { release: releaseFor(failed.run, failed), now }, tables);
    const audit = auditEntry(
      {
        actor: identity,
        action: 'retryProvisioning',
        tenantId,
        detail: { step: failed.run?.failedStep ?? failedStep(failed.registration)?.name },
      },
      clock,
    );
    const outcome = await transact(documents, [
      ...(failed.registration && failed.tenant ? resume(failed.registration, failed.tenant, now, tables) : []),
      ...(restarted?.writes ?? []),
      { Put: { TableName: tables.AUDIT_LOG_TABLE, Item: audit } },
    ]);
    if (!outcome.written) return refused('INVALID_STATE', `Something else is at work on ${tenantId}; look again.`);
    logger.info('A failed step is tried again', { runId: restarted?.run.runId });
    const after = await whatFailed(documents, tables, tenantId);
    return {
      tenant: after?.tenant ? toTenant(after.tenant) : null,
      run: restarted ? toProvisioningRun(restarted.run) : null,
      userErrors: [],
    };
  };
}

/** A stack that exists keeps the release that its run is about. */
function releaseFor(run: RunItem, { poolRelease }: Failed): string {
  return run.action === 'PROVISION' && run.tenantId !== pooledStack && poolRelease !== undefined
    ? poolRelease
    : run.release;
}

function failedStep({ steps }: Pick<RegistrationItem, 'steps'> = { steps: [] }) {
  return steps.find(({ status }) => status === 'FAILED');
}

/** FAILED → PROVISIONING, for the registration and its tenant. */
function resume(registration: RegistrationItem, tenant: TenantItem, now: string, tables: Tables): TransactItems {
  const { registrationId, steps } = registration;
  const resumed = steps.map((step) =>
    step.status === 'FAILED' ? { name: step.name, status: 'RUNNING' as const, startedAt: now } : step,
  );
  const common = {
    ConditionExpression: '#status = :failed',
    ExpressionAttributeNames: { '#status': 'status' },
  };
  const values = { ':failed': 'FAILED', ':provisioning': 'PROVISIONING', ':now': now };
  return [
    {
      Update: {
        ...common,
        TableName: tables.REGISTRATIONS_TABLE,
        Key: { registrationId },
        UpdateExpression: 'SET #status = :provisioning, steps = :steps, updatedAt = :now REMOVE failure',
        ExpressionAttributeValues: { ...values, ':steps': resumed },
      },
    },
    {
      Update: {
        ...common,
        TableName: tables.TENANTS_TABLE,
        Key: { tenantId: tenant.tenantId },
        UpdateExpression: 'SET #status = :provisioning, version = version + :one, updatedAt = :now REMOVE failure',
        ExpressionAttributeValues: { ...values, ':one': 1 },
      },
    },
  ];
}

function refused(code: UserErrorCode, message: string): RetryProvisioningPayload {
  return { tenant: null, run: null, userErrors: [userError(code, 'tenantId', message)] };
}
