import { gateLimits } from '../../../schema/gate.ts';
import { auditEntry } from '../../layer/audit-entry.ts';
import { pooledStack } from '../../layer/registry.ts';
import { readyStack } from '../situation.ts';
import type { MoveStepOf } from './step.ts';

/** The new stack takes over, in one transaction: routing, sign-in and gate name it, and writes are admitted again, there. */
export const cutOver: MoveStepOf = async ({ transition, tenant }, dependencies) => {
  const { tables, clock } = dependencies;
  const { tenantId, fromStack, toStack, fromTier, toTier, isReturn } = transition;
  const { userPoolId, userPoolClientId } = await readyStack(toStack, dependencies);
  const limits = tenant.hasOwnLimits ? tenant.limits : transition.toLimits;
  const gate = { ...gateLimits(limits), stack: toStack };
  const names = Object.keys(gate);
  const detail = { fromStack, toStack, fromTier, toTier, isReturn };
  const audit = auditEntry({ actor: 'system', action: 'moveTenant', tenantId, detail }, clock);
  return {
    step: 'INVITE_USERS',
    set: { cutOverAt: clock().toISOString() },
    tenant: {
      tier: toTier,
      limits,
      stack: toStack,
      deployment: toStack === pooledStack ? 'POOLED' : 'SILO',
      userPoolId,
      userPoolClientId,
    },
    // Limits that an operator has set since it was read would be lost.
    restsOn: { limits: tenant.limits, hasOwnLimits: tenant.hasOwnLimits },
    writes: [
      {
        Update: {
          TableName: tables.GATES_TABLE,
          Key: { tenantId },
          UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')} REMOVE writesHeldSince`,
          ConditionExpression: 'attribute_exists(tenantId)',
          ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
          ExpressionAttributeValues: Object.fromEntries(
            Object.entries(gate).map(([name, value]) => [`:${name}`, value]),
          ),
        },
      },
      { Put: { TableName: tables.AUDIT_LOG_TABLE, Item: audit } },
    ],
  };
};
