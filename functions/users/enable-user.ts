import { AdminEnableUserCommand, AdminGetUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import type { UserStatus } from '../../generated/application.ts';
import type { TransactItems } from '../layer/transact.ts';
import { changeMembership } from './change-membership.ts';
import { type Membership, readMembership, toPerson } from './membership.ts';
import { noSuchTenant, noSuchUser, refuse, type Scope, type Services, type UserPayload } from './services.ts';
import { readTenant, type StoredTenant, userPoolOf } from './tenant.ts';

/**
 * Lets a user in again: first Cognito, then, in one transaction, the registry and the gate. Until that transaction nobody
 * gets a token, so a crash between leaves the user out, and repeating it finishes.
 */
export const enableUser =
  (services: Services) =>
  async (scope: Scope, { id }: { readonly id: string }): Promise<UserPayload> => {
    const tenant = await readTenant(services, scope.tenantId);
    if (!tenant) return noSuchTenant;
    const result = await enableMember(services, tenant, id, scope.audit);
    if (result.outcome === 'changed') return { user: toPerson(result.member), userErrors: [] };
    return result.outcome === 'refused' ? notActiveYet : noSuchUser;
  };

const notActiveYet = refuse('INVALID_STATE', 'id', 'The tenant has not been activated yet.');

export async function enableMember(services: Services, tenant: StoredTenant, userId: string, audit: Scope['audit']) {
  // Before anything is done in the pool, where other tenants' users are too.
  const member = await readMembership(services, tenant.tenantId, userId);
  if (!member) return { outcome: 'no such user' } as const;
  const status = await letIn(services, tenant, member);
  return changeMembership(services, {
    tenantId: tenant.tenantId,
    userId,
    change: (before) => ({
      ...before,
      status: before.status === 'DISABLED' ? status : before.status,
      updatedAt: services.clock().toISOString(),
    }),
    alongside: (before) => [admitAtGate(services, before), ...audit({ userId })],
  });
}

/** Answers what the user was before: a person who never chose a password is invited still. */
async function letIn({ cognito }: Services, tenant: StoredTenant, { sub }: Membership): Promise<UserStatus> {
  const user = { UserPoolId: userPoolOf(tenant), Username: sub };
  await cognito.send(new AdminEnableUserCommand(user));
  const { UserStatus } = await cognito.send(new AdminGetUserCommand(user));
  return UserStatus === 'FORCE_CHANGE_PASSWORD' ? 'INVITED' : 'ACTIVE';
}

function admitAtGate({ tables }: Services, { tenantId, userId }: Membership): TransactItems[number] {
  return {
    Update: {
      TableName: tables.gates,
      Key: { tenantId },
      UpdateExpression: 'DELETE blockedUsers :user',
      ConditionExpression: 'attribute_exists(tenantId)',
      ExpressionAttributeValues: { ':user': new Set([userId]) },
    },
  };
}
