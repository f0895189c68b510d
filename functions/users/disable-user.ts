import { AdminDisableUserCommand, AdminUserGlobalSignOutCommand } from '@aws-sdk/client-cognito-identity-provider';
import type { TransactItems } from '../layer/transact.ts';
import { changeMembership } from './change-membership.ts';
import { type Membership, toPerson } from './membership.ts';
import { noSuchTenant, noSuchUser, refuse, type Scope, type Services, type UserPayload } from './services.ts';
import { readTenant, type StoredTenant, userPoolOf } from './tenant.ts';

/**
 * Shuts a user out. First, in one transaction, the registry and the tenant's gate, which refuses the very next request
 * whatever the authorizer's cache holds; then Cognito, so that no session is renewed. Repeating it finishes what a
 * crash left.
 */
export const disableUser =
  (services: Services) =>
  async (scope: Scope, { id }: { readonly id: string }): Promise<UserPayload> => {
    const tenant = await readTenant(services, scope.tenantId);
    if (!tenant) return noSuchTenant;
    const result = await disableMember(services, tenant, id, { audit: scope.audit });
    if (result.outcome === 'changed') return { user: toPerson(result.member), userErrors: [] };
    if (result.outcome === 'last admin') return lastAdmin;
    return result.outcome === 'refused' ? notActiveYet : noSuchUser;
  };

const lastAdmin = refuse('LAST_ADMIN', 'id', 'This is the last active admin; make another user an admin first.');
const notActiveYet = refuse('INVALID_STATE', 'id', 'The tenant has not been activated yet.');

interface Options {
  readonly audit: Scope['audit'];
  readonly lastAdminMayGo?: boolean;
}

export async function disableMember(services: Services, tenant: StoredTenant, userId: string, options: Options) {
  const { audit, lastAdminMayGo = false } = options;
  const result = await changeMembership(services, {
    tenantId: tenant.tenantId,
    userId,
    lastAdminMayGo,
    change: (member) => ({ ...member, status: 'DISABLED', updatedAt: services.clock().toISOString() }),
    alongside: (member) => [blockAtGate(services, member), ...audit({ userId })],
  });
  if (result.outcome === 'changed') await shutOut(services, tenant, result.member);
  return result;
}

function blockAtGate({ tables }: Services, { tenantId, userId }: Membership): TransactItems[number] {
  return {
    Update: {
      TableName: tables.gates,
      Key: { tenantId },
      UpdateExpression: 'ADD blockedUsers :user',
      ConditionExpression: 'attribute_exists(tenantId)',
      ExpressionAttributeValues: { ':user': new Set([userId]) },
    },
  };
}

async function shutOut({ cognito }: Services, tenant: StoredTenant, { sub }: Membership): Promise<void> {
  const user = { UserPoolId: userPoolOf(tenant), Username: sub };
  await cognito.send(new AdminDisableUserCommand(user));
  await cognito.send(new AdminUserGlobalSignOutCommand(user));
}
