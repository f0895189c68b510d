import type { Tenant, TenantOffboarding, TenantStatus } from '../../../generated/control-plane.ts';

/** A tenant in the Tenants table. What has no `listing` there is a claim of a slug or an address. */
export type StoredTenant = Omit<Tenant, 'id' | 'offboarding'> & {
  readonly tenantId: string;
  readonly offboarding?: StoredOffboarding | null;
  readonly listing: 'TENANT';
};

export type StoredOffboarding = TenantOffboarding & {
  /** What the tenant is again if the offboarding is cancelled. */
  readonly statusBefore: TenantStatus;
};

export function toTenant(item: StoredTenant): Tenant {
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
    offboarding: item.offboarding ?? null,
    move: item.move ?? null,
    version: item.version,
    createdAt: item.createdAt,
    onboardedAt: item.onboardedAt ?? null,
    updatedAt: item.updatedAt,
  };
}

export function isTenant(item: StoredTenant | null | undefined): item is StoredTenant {
  return item?.listing === 'TENANT';
}

/** Whether the tenant has been onboarded and so has a gate. */
export function isOpened(status: TenantStatus): boolean {
  return status === 'ACTIVE' || status === 'SUSPENDED';
}
