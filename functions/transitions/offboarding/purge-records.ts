import type { OffboardingItem } from '../../../schema/transition.ts';
import { auditEntry } from '../../layer/audit-entry.ts';
import { emailClaim, slugClaim } from '../../layer/registry.ts';
import type { TransactItems } from '../../layer/transact.ts';
import type { Step } from '../dependencies.ts';
import { claimRemoval } from '../removal/claim-removal.ts';

const removed = 'removed';

/**
 * The tenant's gate, its slug and its administrator's address become free, and names and addresses leave the registry, in one
 * transaction. The tenant stays as OFFBOARDED, for the books; its slug there cannot be mistaken for another tenant's.
 */
export const purgeRecords: Step<OffboardingItem> = ({ transition, tenant }, { tables, clock }) => {
  const { tenantId, slug, adminEmail, registrationId } = tenant;
  const audit = auditEntry({ actor: 'system', action: 'purgeTenant', tenantId, detail: { slug } }, clock);
  const forgetRegistration: TransactItems[number] = {
    Update: {
      TableName: tables.REGISTRATIONS_TABLE,
      Key: { registrationId },
      UpdateExpression: 'SET #status = :offboarded, adminEmail = :removed, adminName = :removed, updatedAt = :now',
      ConditionExpression: 'attribute_exists(registrationId)',
      ExpressionAttributeNames: { '#status': 'status' },
      ExpressionAttributeValues: { ':offboarded': 'OFFBOARDED', ':removed': removed, ':now': clock().toISOString() },
    },
  };
  return Promise.resolve({
    step: 'END',
    tenant: {
      status: 'OFFBOARDED',
      slug: `${slug}.${tenantId}`,
      adminEmail: 'removed@offboarded.invalid',
      adminName: removed,
      failure: undefined,
    },
    writes: [
      { Delete: { TableName: tables.GATES_TABLE, Key: { tenantId } } },
      claimRemoval(tables.TENANTS_TABLE, slugClaim(slug), tenantId),
      claimRemoval(tables.TENANTS_TABLE, emailClaim(transition.fromStack, adminEmail), tenantId),
      forgetRegistration,
      { Put: { TableName: tables.AUDIT_LOG_TABLE, Item: audit } },
    ],
  });
};
