import { auditEntry } from '../../layer/audit-entry.ts';
import type { Step } from '../onboarding.ts';
import { tenantUpdate } from '../record.ts';

/** The tenant's users can sign in from here. */
export const activate: Step = async ({ tenant }, { tables, clock }) => {
  const { tenantId } = tenant;
  const audit = auditEntry({ actor: 'system', action: 'activateTenant', tenantId }, clock);
  return [
    tenantUpdate(tables.TENANTS_TABLE, tenantId, { status: 'ACTIVE', now: clock().toISOString() }),
    { Put: { TableName: tables.AUDIT_LOG_TABLE, Item: audit } },
  ];
};
