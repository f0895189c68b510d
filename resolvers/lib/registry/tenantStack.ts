import type { TenantStack } from '../../../generated/control-plane.ts';

/** A row of TenantStackMapping. */
export type StoredStack = TenantStack;

export function toTenantStack(item: StoredStack): TenantStack {
  return {
    tenantId: item.tenantId,
    stackName: item.stackName,
    region: item.region,
    release: item.release ?? null,
    status: item.status,
    wave: item.wave,
    apiId: item.apiId ?? null,
    graphqlUrl: item.graphqlUrl ?? null,
    userPoolId: item.userPoolId ?? null,
    lastRunId: item.lastRunId ?? null,
    updatedAt: item.updatedAt,
  };
}
