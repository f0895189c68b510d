import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { RegistrationItem, TenantItem } from '../layer/registry.ts';
import { isRunSettled, type RunItem } from '../layer/runs/run-item.ts';
import { type Dependencies, type Finding, isStill } from './dependencies.ts';

/**
 * A tenant that is being onboarded while nothing happens: its registration is touched, and its stream drives it on from where it is. One
 * whose run is open is waiting for it.
 */
export async function checkOnboarding(tenant: TenantItem, dependencies: Dependencies): Promise<Finding | undefined> {
  const { documents, tables, clock } = dependencies;
  const { tenantId, registrationId, status } = tenant;
  const read = async (TableName: string, Key: Record<string, string>) =>
    (await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item;
  const registration = (await read(tables.REGISTRATIONS_TABLE, { registrationId })) as RegistrationItem | undefined;
  if (!registration || (registration.status !== 'REQUESTED' && registration.status !== 'PROVISIONING')) {
    // Both are written together: one of them was read from an index that lags, or has been changed by hand.
    const now = (await read(tables.TENANTS_TABLE, { tenantId })) as TenantItem | undefined;
    if (now?.status !== status) return undefined;
    const message = `Tenant ${tenantId} is ${status}, its registration ${registrationId} is ${
      registration?.status ?? 'not there'
    }: expected them to agree.`;
    return { kind: 'REGISTRATION_DIFFERS', subject: tenantId, tenantId, message, isMended: false };
  }
  if (!isStill(registration.updatedAt, clock)) return undefined;
  const { runId } = registration;
  const run = runId === undefined ? undefined : await read(tables.PROVISIONING_RUNS_TABLE, { runId });
  if (run && !isRunSettled(run as RunItem)) return undefined;
  if (run && !isStill((run as RunItem).updatedAt, clock)) return undefined;
  if (!(await touch(registration, dependencies))) return undefined;
  const message = `Tenant ${tenantId} was ${status} and nothing drove it on; its registration is touched, so that its stream does.`;
  return {
    kind: 'ONBOARDING_STOOD_STILL',
    subject: `${registrationId}-${registration.updatedAt}`,
    tenantId,
    message,
    isMended: true,
  };
}

/** False where it has gone on meanwhile. */
async function touch(registration: RegistrationItem, { documents, tables, clock }: Dependencies): Promise<boolean> {
  try {
    await documents.send(
      new UpdateCommand({
        TableName: tables.REGISTRATIONS_TABLE,
        Key: { registrationId: registration.registrationId },
        UpdateExpression: 'SET updatedAt = :now',
        ConditionExpression: 'updatedAt = :read AND #status = :status',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: {
          ':now': clock().toISOString(),
          ':read': registration.updatedAt,
          ':status': registration.status,
        },
      }),
    );
    return true;
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    return false;
  }
}
