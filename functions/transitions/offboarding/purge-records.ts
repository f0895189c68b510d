import type { OffboardingItem } from '../../../schema/transition.ts';
import { auditEntry } from '../../layer/audit-entry.ts';
import { emailClaim, slugClaim } from '../../layer/registry.ts';
import { takeOverCounts } from '../../layer/usage/take-over-counts.ts';
import { readGate } from '../situation.ts';
import type { TransactItems } from '../../layer/transact.ts';
import type { Step } from '../dependencies.ts';
import { removeClaim } from '../removal/remove-claim.ts';

const removed = 'removed';

/**
 * What the gate counted last goes to the bill, and the tenant's slug and its administrator's address become free; then the gate goes, and
 * names and addresses leave the registry, in one transaction. The tenant stays as OFFBOARDED, for the books; its slug there cannot be mistaken for another tenant's.
 */
export const purgeRecords: Step<OffboardingItem> = async ({ transition, tenant }, dependencies) => {
  const { tables, clock } = dependencies;
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
  const gate = await readGate(tenantId, dependencies);
  if (gate) await takeOverCounts(dependencies)(tenantId, gate);
  await removeClaim(emailClaim(transition.fromStack, adminEmail), tenantId, dependencies);
  await removeClaim(slugClaim(slug), tenantId, dependencies);
  return {
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
      forgetRegistration,
      { Put: { TableName: tables.AUDIT_LOG_TABLE, Item: audit } },
    ],
  };
};
