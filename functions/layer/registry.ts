/** The items of the tenant registry that several functions read and write, and the keys of its uniqueness claims. */
import type {
  Deployment,
  RegistrationStepName,
  StepStatus,
  TenantLimits,
  TenantStatus,
  Tier,
} from '../../generated/control-plane.ts';

/** In Tenants. `listing` puts it into the index `slug`, where operators list tenants. */
export interface TenantItem {
  readonly tenantId: string;
  readonly listing: 'TENANT';
  readonly name: string;
  readonly slug: string;
  readonly tier: Tier;
  readonly status: TenantStatus;
  readonly deployment: Deployment;
  /** `pooled`, or the tenant's id. */
  readonly stack: string;
  readonly adminEmail: string;
  readonly adminName: string;
  readonly currency: string;
  readonly limits: TenantLimits;
  readonly hasOwnLimits: boolean;
  readonly shardCount: number;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  readonly registrationId: string;
  readonly failure?: string;
  readonly version: number;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** In Tenants beside them: only one item can have the key, so a slug or an address has only one owner. */
export interface ClaimItem {
  readonly tenantId: string;
  /** The tenant that has claimed it. */
  readonly owner: string;
}

export function slugClaim(slug: string): string {
  return `SLUG#${slug}`;
}

/** An address is one person's in one pool of users, so the claim names the stack that the pool belongs to. */
export function emailClaim(stack: string, email: string): string {
  return `EMAIL#${stack}#${email}`;
}

/** In Registrations. */
export interface RegistrationItem {
  readonly registrationId: string;
  readonly tenantId: string;
  readonly companyName: string;
  readonly slug: string;
  readonly adminEmail: string;
  readonly adminName: string;
  readonly tier: Tier;
  readonly status: TenantStatus;
  /** In the order in which they run. */
  readonly steps: readonly StepItem[];
  readonly failure?: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface StepItem {
  readonly name: RegistrationStepName;
  readonly status: StepStatus;
  readonly startedAt?: string;
  readonly finishedAt?: string;
}

/** In Registrations beside them: makes a client token name one registration for ever. */
export interface TokenItem {
  readonly registrationId: string;
  /** The registration that the token made. */
  readonly names: string;
  /** A hash of the input, to tell a repeated call from a reused token. */
  readonly fingerprint: string;
}

export function tokenKey(clientToken: string): string {
  return `TOKEN#${clientToken}`;
}

/** In TenantStackMapping, by `pooled` or a silo tenant's id: where that stack is. */
export interface StackMappingItem {
  readonly tenantId: string;
  readonly stackName: string;
  readonly graphqlUrl: string;
  readonly realtimeUrl: string;
  readonly region: string;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  readonly userPoolEndpoint?: string;
}

/** The stack that all tenants share who have none of their own. */
export const pooledStack = 'pooled';
