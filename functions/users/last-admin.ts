import type { TransactItems } from '../layer/transact.ts';
import { type Membership, readMemberships } from './membership.ts';
import type { Services } from './services.ts';

/**
 * A condition, for the transaction that takes an admin away, that another one stays: two admins who remove each other
 * at the same moment cannot both succeed. Undefined if there is no other. One who never signed in counts only
 * beside another who never did.
 */
export async function anotherAdminStays(
  services: Pick<Services, 'documents' | 'tables'>,
  leaving: Membership,
): Promise<TransactItems[number] | undefined> {
  for await (const members of readMemberships(services, leaving.tenantId)) {
    const other = members.find(
      ({ userId, role, status }) =>
        userId !== leaving.userId &&
        role === 'TENANT_ADMIN' &&
        (status === 'ACTIVE' || (status === 'INVITED' && leaving.status === 'INVITED')),
    );
    if (other) return staysAdmin(services, other);
  }
  return undefined;
}

function staysAdmin({ tables }: Pick<Services, 'tables'>, { tenantId, userId }: Membership): TransactItems[number] {
  return {
    ConditionCheck: {
      TableName: tables.tenantUsers,
      Key: { tenantId, userId },
      ConditionExpression: '#role = :admin AND #status <> :disabled',
      ExpressionAttributeNames: { '#role': 'role', '#status': 'status' },
      ExpressionAttributeValues: { ':admin': 'TENANT_ADMIN', ':disabled': 'DISABLED' },
    },
  };
}

/** Whether taking this admin's role or access away needs another admin to stay. */
export function isActingAdmin({ role, status }: Membership): boolean {
  return role === 'TENANT_ADMIN' && status !== 'DISABLED';
}
