import type { PublishRegistrationInput, PublishTenantInput } from '../../generated/control-plane.ts';
import type { Change } from '../layer/stream.ts';
import type { RegistrationItem, TenantItem } from '../layer/registry.ts';
import type { TenantContext } from '../layer/tenant-context.ts';
import { toRegistration } from '../layer/to-registration.ts';

/** A mutation that tells subscribers of one change. */
export interface Publication {
  readonly mutation: string;
  readonly input: PublishTenantInput | PublishRegistrationInput;
  readonly tenant: TenantContext;
}

// Subscribers get what the mutation selects, and null for all the rest: so it selects everything.
const publishTenant = `mutation PublishTenant($input: PublishTenantInput!) {
  publishTenant(input: $input) {
    id name slug tier status deployment stack adminEmail currency hasOwnLimits userPoolId userPoolClientId failure
    version createdAt updatedAt
    limits { requestsPerSecond burst requestsPerDay requestsPerMonth }
  }
}`;

const publishRegistration = `mutation PublishRegistration($input: PublishRegistrationInput!) {
  publishRegistration(input: $input) {
    id tenantId companyName slug tier status failure createdAt updatedAt
    steps { name status startedAt finishedAt }
  }
}`;

/** What to publish of a change; undefined where nobody follows it: claims, tokens, removals. */
export function publicationOf({ after }: Change): Publication | undefined {
  if (!after) return undefined;
  const tenant = { tenantId: String(after['tenantId']), tier: String(after['tier']) };
  if (after['listing'] === 'TENANT')
    return { mutation: publishTenant, input: tenantInput(after as unknown as TenantItem), tenant };
  if (Array.isArray(after['steps']))
    return { mutation: publishRegistration, input: toRegistration(after as unknown as RegistrationItem), tenant };
  return undefined;
}

function tenantInput(tenant: TenantItem): PublishTenantInput {
  return {
    id: tenant.tenantId,
    name: tenant.name,
    slug: tenant.slug,
    tier: tenant.tier,
    status: tenant.status,
    deployment: tenant.deployment,
    stack: tenant.stack,
    adminEmail: tenant.adminEmail,
    currency: tenant.currency,
    limits: tenant.limits,
    hasOwnLimits: tenant.hasOwnLimits,
    userPoolId: tenant.userPoolId,
    userPoolClientId: tenant.userPoolClientId,
    failure: tenant.failure ?? null,
    version: tenant.version,
    createdAt: tenant.createdAt,
    updatedAt: tenant.updatedAt,
  };
}
