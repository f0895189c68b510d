import type { PublishRegistrationInput, PublishTenantInput } from '../../generated/control-plane.ts';
import type { Change } from '../layer/stream.ts';
import type { TenantContext } from '../layer/tenant-context.ts';

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

type Item = Readonly<Record<string, unknown>>;

/** What to publish of a change; undefined where nobody follows it: claims, tokens, removals. */
export function publicationOf({ after }: Change): Publication | undefined {
  if (!after) return undefined;
  const tenant = { tenantId: String(after['tenantId']), tier: String(after['tier']) };
  if (after['listing'] === 'TENANT') return { mutation: publishTenant, input: tenantInput(after), tenant };
  if (Array.isArray(after['steps'])) return { mutation: publishRegistration, input: registrationInput(after), tenant };
  return undefined;
}

function tenantInput(item: Item): PublishTenantInput {
  const tenant = item as unknown as PublishTenantInput & { readonly tenantId: string };
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
    userPoolId: tenant.userPoolId ?? null,
    userPoolClientId: tenant.userPoolClientId ?? null,
    failure: tenant.failure ?? null,
    version: tenant.version,
    createdAt: tenant.createdAt,
    updatedAt: tenant.updatedAt,
  };
}

function registrationInput(item: Item): PublishRegistrationInput {
  const registration = item as unknown as PublishRegistrationInput & { readonly registrationId: string };
  return {
    id: registration.registrationId,
    tenantId: registration.tenantId,
    companyName: registration.companyName,
    slug: registration.slug,
    tier: registration.tier,
    status: registration.status,
    steps: registration.steps.map(({ name, status, startedAt, finishedAt }) => ({
      name,
      status,
      startedAt: startedAt ?? null,
      finishedAt: finishedAt ?? null,
    })),
    failure: registration.failure ?? null,
    createdAt: registration.createdAt,
    updatedAt: registration.updatedAt,
  };
}
