import type { RegisterTenantInput, RegistrationStepName, TierSettings } from '../../generated/control-plane.ts';
import { pooledStack, type RegistrationItem, type StackFacts, type TenantItem } from '../layer/registry.ts';

export interface NewTenant {
  readonly input: RegisterTenantInput;
  readonly tenantId: string;
  readonly registrationId: string;
  readonly tier: TierSettings;
  /** Where the pool's users are. */
  readonly pool: Pick<StackFacts, 'userPoolId' | 'userPoolClientId'>;
  readonly now: string;
}

/** The currency that a tenant trades in until it chooses: operators set it by updateTenant. */
const firstCurrency = 'USD';

const stepsAfterTheClaim: readonly RegistrationStepName[] = ['CREATE_GROUP', 'CREATE_ADMIN', 'OPEN_GATE', 'ACTIVATE'];

/** The stack that the tenant will live in: the pool, or one of its own, which is made by the step PROVISION_STACK. */
export function stackOf({ tier, tenantId }: Pick<NewTenant, 'tier' | 'tenantId'>): string {
  return tier.deployment === 'SILO' ? tenantId : pooledStack;
}

export function tenantItem({ input, tenantId, registrationId, tier, pool, now }: NewTenant): TenantItem {
  const stack = stackOf({ tier, tenantId });
  return {
    tenantId,
    listing: 'TENANT',
    name: input.companyName,
    slug: input.slug,
    tier: input.tier,
    status: 'REQUESTED',
    deployment: tier.deployment,
    stack,
    adminEmail: input.adminEmail,
    adminName: input.adminName,
    currency: firstCurrency,
    limits: tier.limits,
    hasOwnLimits: false,
    shardCount: tier.shardCount,
    ...(stack === pooledStack && pool),
    registrationId,
    version: 1,
    createdAt: now,
    updatedAt: now,
  };
}

/** Its first step is done by the very transaction that writes it. */
export function registrationItem({ input, tenantId, registrationId, tier, now }: NewTenant): RegistrationItem {
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
      ...(tier.deployment === 'SILO' ? [{ name: 'PROVISION_STACK' as const, status: 'PENDING' as const }] : []),
      ...stepsAfterTheClaim.map((name) => ({ name, status: 'PENDING' as const })),
    ],
    createdAt: now,
    updatedAt: now,
  };
}
