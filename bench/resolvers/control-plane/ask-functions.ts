import type { ControlPlane } from '../../../resolvers/testing/control-plane.ts';
import { change } from './change.ts';

const tenantUserFields = [
  'createTenantUser',
  'updateTenantUser',
  'disableTenantUser',
  'enableTenantUser',
  'resendTenantUserInvitation',
  'disableTenantUsers',
  'enableTenantUsers',
];
const operatorFields = [
  'createOperator',
  'updateOperator',
  'disableOperator',
  'enableOperator',
  'resendOperatorInvitation',
];
const releaseFields = ['retryProvisioning', 'startRollout', 'approveWave', 'abortRollout'];

const operator = { id: 'operator-2', email: 'bob@example.com', name: 'Bob', sortKey: 'bob@example.com#operator-2' };

/** The fields that functions resolve; the functions answer at once, as only the steps before and after them are measured. */
export async function askFunctions(plane: ControlPlane): Promise<void> {
  const { functions } = plane;
  const done = () => ({ userErrors: [] });
  Object.assign(functions, { tenantUsers: done, retryProvisioning: done, rollouts: done, registration: done });
  functions['usage'] = () => ({ days: [] });
  functions['operators'] = ({ field }) => {
    if (field === 'isStanding') return true;
    return field === 'operators' ? [operator] : { operator, userErrors: [] };
  };

  for (const field of tenantUserFields) await change(plane, field, { tenantId: 'staying', id: 'user-0001' });
  for (const field of releaseFields) await change(plane, field, { id: 'rollout-0001' });
  for (const field of operatorFields) await change(plane, field, { id: operator.id, role: 'SYSTEM_ADMIN' });
  await plane.ask('Query.operator', { id: operator.id });
  await plane.ask('Query.operators', { first: 20 });
  await plane.ask('Query.tenantUsage', { tenantId: 'staying', from: '2026-01-01', to: '2026-01-31' });
  await plane.ask('Query.usageSummary', { month: '2026-01' });
}
