import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { JsonObject } from '../../../infra/local/service.ts';
import type { ControlPlane } from '../../../resolvers/testing/control-plane.ts';
import { change } from './change.ts';

/** What operators do with tenants and their stacks, each so that it is done and not refused. */
export async function changeTenants(plane: ControlPlane): Promise<void> {
  const of = (tenantId: string, field: string, input: JsonObject = {}) => change(plane, field, { tenantId, ...input });

  await of('staying', 'updateTenant', { name: 'Acme', currency: 'EUR', expectedVersion: 1 });
  await of('staying', 'suspendTenant', { reason: 'Unpaid' });
  await of('staying', 'activateTenant');
  await of('staying', 'setTenantTier', { tier: 'PREMIUM', clientToken: 'token-of-staying' });
  // With limits given, the tier's are not read.
  await of('staying', 'setTenantLimits', { limits: null });

  await of('moving', 'setTenantTier', { tier: 'PLATINUM', clientToken: 'token-of-moving' });
  await waitForConfirmation(plane, 'moving');
  await of('moving', 'confirmMove');
  await of('returning', 'setTenantTier', { tier: 'PLATINUM', clientToken: 'token-of-returning' });
  await of('returning', 'revertMove');

  await of('leaving', 'offboardTenant', { confirmSlug: 'leaving', retentionDays: 7 });
  await of('leaving', 'cancelOffboarding');

  await of('silo', 'setTenantWave', { wave: 'CANARY' });
  await change(plane, 'updateTier', { tier: 'BASIC', description: 'For a small team' });
}

/** As functions/transitions leaves a move whose data is copied. */
async function waitForConfirmation({ documents, tables }: ControlPlane, tenantId: string): Promise<void> {
  await documents.send(
    new UpdateCommand({
      TableName: tables.TRANSITIONS_TABLE,
      Key: { tenantId },
      UpdateExpression: 'SET #step = :step',
      ExpressionAttributeNames: { '#step': 'step' },
      ExpressionAttributeValues: { ':step': 'CONFIRM' },
    }),
  );
  await documents.send(
    new UpdateCommand({
      TableName: tables.TENANTS_TABLE,
      Key: { tenantId },
      UpdateExpression: 'SET #move.#status = :status',
      ExpressionAttributeNames: { '#move': 'move', '#status': 'status' },
      ExpressionAttributeValues: { ':status': 'WAITING_FOR_CONFIRMATION' },
    }),
  );
}
