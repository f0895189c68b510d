import type {
  PublishProvisioningRunInput,
  PublishRegistrationInput,
  PublishRolloutInput,
  PublishTenantInput,
} from '../../generated/control-plane.ts';
import type { Change } from '../layer/stream.ts';
import type { RegistrationItem, TenantItem } from '../layer/registry.ts';
import type { RolloutItem } from '../layer/rollouts/rollout.ts';
import { toRollout } from '../layer/rollouts/to-rollout.ts';
import type { RunItem } from '../layer/runs/run-item.ts';
import { toProvisioningRun } from '../layer/runs/to-provisioning-run.ts';
import type { TenantContext } from '../layer/tenant-context.ts';
import { toRegistration } from '../layer/to-registration.ts';
import { toTenant } from '../layer/to-tenant.ts';

/** A mutation that tells subscribers of one change. */
export interface Publication {
  readonly mutation: string;
  readonly input: PublishTenantInput | PublishRegistrationInput | PublishProvisioningRunInput | PublishRolloutInput;
  /** Absent where it is of no single tenant. */
  readonly tenant?: TenantContext;
}

// Subscribers get what the mutation selects, and null for all the rest: so it selects everything.
const publishTenant = `mutation PublishTenant($input: PublishTenantInput!) {
  publishTenant(input: $input) {
    id name slug tier status deployment stack adminEmail currency hasOwnLimits userPoolId userPoolClientId failure
    version createdAt onboardedAt updatedAt
    limits { requestsPerSecond burst requestsPerDay requestsPerMonth }
    offboarding { requestedAt purgeAt step exportKey failure }
    move { fromStack toStack fromTier toTier status step message failure startedAt cutOverAt }
  }
}`;

const publishRegistration = `mutation PublishRegistration($input: PublishRegistrationInput!) {
  publishRegistration(input: $input) {
    id tenantId companyName slug tier status failure createdAt updatedAt
    steps { name status startedAt finishedAt }
  }
}`;

const publishProvisioningRun = `mutation PublishProvisioningRun($input: PublishProvisioningRunInput!) {
  publishProvisioningRun(input: $input) {
    id tenantId action release status attempt failure failedStep logTail executionId rolloutId
    createdAt startedAt finishedAt updatedAt
    steps { name status startedAt finishedAt message }
  }
}`;

const publishRollout = `mutation PublishRollout($input: PublishRolloutInput!) {
  publishRollout(input: $input) {
    id release status failure startedBy createdAt updatedAt finishedAt
    waves {
      wave status needsApproval approvedBy startedAt finishedAt
      stacks { tenantId status fromRelease failure runId }
    }
  }
}`;

/** What to publish of a change; undefined where nobody follows it: claims, tokens, removals. */
export function publicationOf({ after }: Change): Publication | undefined {
  if (!after) return undefined;
  if (typeof after['runId'] === 'string' && typeof after['attempt'] === 'number') {
    const run = after as unknown as RunItem;
    return { mutation: publishProvisioningRun, input: toProvisioningRun(run), tenant: { tenantId: run.tenantId } };
  }
  if (after['listing'] === 'ROLLOUT')
    return { mutation: publishRollout, input: toRollout(after as unknown as RolloutItem) };
  const tenant = { tenantId: String(after['tenantId']), tier: String(after['tier']) };
  if (after['listing'] === 'TENANT')
    return { mutation: publishTenant, input: toTenant(after as unknown as TenantItem), tenant };
  if (Array.isArray(after['steps']))
    return { mutation: publishRegistration, input: toRegistration(after as unknown as RegistrationItem), tenant };
  return undefined;
}
