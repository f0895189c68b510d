import { gateItem } from '../../../schema/gate.ts';
import type { Step } from '../onboarding.ts';

/** The gate through which the tenant's requests will go, with the limits of its tier. */
export const openGate: Step = async ({ tenant: { tenantId, limits, stack } }, { tables }) => [
  { Put: { TableName: tables.GATES_TABLE, Item: { ...gateItem(tenantId, limits, stack) } } },
];
