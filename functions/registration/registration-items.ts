import type { RegisterTenantInput, RegistrationStepName, TierSettings } from '../../generated/control-plane.ts';
import { pooledStack, type RegistrationItem, type StackMappingItem, type TenantItem } from '../layer/registry.ts';

export interface NewTenant {
  readonly input: RegisterTenantInput;
  readonly tenantId: string;
  readonly registrationId: string;
  readonly tier: TierSettings;
  /** The stack that the tenant will live in. */
  readonly stack: StackMappingItem;
  readonly now: string;
}

/** The currency that a tenant trades in until it chooses: operators set it by updateTenant. */
const firstCurrency = 'USD';

const stepsAfterTheClaim: readonly RegistrationStepName[] = ['CREATE_GROUP', 'CREATE_ADMIN', 'OPEN_GATE', 'ACTIVATE'];

export function tenantItem({ input, tenantId, registrationId, tier, stack, now }: NewTenant): TenantItem {
  return {
    tenantId,
    listing: 'TENANT',
    name: input.companyName,
    slug: input.slug,
    tier: input.tier,
    status: 'REQUESTED',
    deployment: tier.deployment,
    stack: pooledStack,
    adminEmail: input.adminEmail,
    adminName: input.adminName,
    currency: firstCurrency,
    limits: tier.limits,
    hasOwnLimits: false,
    shardCount: tier.shardCount,
    userPoolId: stack.userPoolId,
    userPoolClientId: stack.userPoolClientId,
    registrationId,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
}

/** Its first step is done by the very transaction that writes it. */
export function registrationItem({ input, tenantId, registrationId, now }: NewTenant): RegistrationItem {
  return {
    registrationId,
    tenantId,
    companyName: input.companyName,
    slug: input.slug,
    adminEmail: input.adminEmail,
    adminName: input.adminName,
    tier: input.tier,
    status: 'REQUESTED',
    steps: [
      { name: 'CLAIM_SLUG', status: 'SUCCEEDED', startedAt: now, finishedAt: now },
      ...stepsAfterTheClaim.map((name) => ({ name, status: 'PENDING' as const })),
    ],
    createdAt: now,
    updatedAt: now,
  };
}
