import type { Tenant } from '../../generated/control-plane.ts';
import type { TenantItem } from './registry.ts';

/** A tenant as operators see it. */
export function toTenant(item: TenantItem): Tenant {
  return {
    id: item.tenantId,
    name: item.name,
    slug: item.slug,
    tier: item.tier,
    status: item.status,
    deployment: item.deployment,
    stack: item.stack,
    adminEmail: item.adminEmail,
    currency: item.currency,
    limits: item.limits,
    hasOwnLimits: item.hasOwnLimits,
    userPoolId: item.userPoolId ?? null,
    userPoolClientId: item.userPoolClientId ?? null,
    failure: item.failure ?? null,
    offboarding: toOffboarding(item.offboarding),
    move: item.move ?? null,
    version: item.version,
    createdAt: item.createdAt,
    onboardedAt: item.onboardedAt ?? null,
    updatedAt: item.updatedAt,
  };
}

/** Without what is the registry's own. */
function toOffboarding(offboarding: TenantItem['offboarding']): Tenant['offboarding'] {
  if (!offboarding) return null;
  const { statusBefore: _statusBefore, ...told } = offboarding;
  return told;
}
