/** The items of the tenant registry that several functions read and write, and the keys of its uniqueness claims. */
import type {
  Deployment,
  RegistrationStepName,
  StepStatus,
  TenantLimits,
  TenantMove,
  TenantOffboarding,
  TenantStackStatus,
  TenantStatus,
  Tier,
  Wave,
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
  /** Known from the start in the pool, and once its stack is made in a silo. */
  readonly userPoolId?: string;
  readonly userPoolClientId?: string;
  readonly registrationId: string;
  readonly failure?: string;
  readonly offboarding?: TenantOffboarding & { readonly statusBefore: TenantStatus };
  readonly move?: TenantMove;
  readonly version: number;
  readonly createdAt: string;
  /** Once its onboarding has succeeded. */
  readonly onboardedAt?: string;
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
  /** The run that makes the tenant's stack, once there is one. */
  readonly runId?: string;
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

/**
 * In TenantStackMapping, by `pooled` or a silo tenant's id: a tenant stack, where it is, and the run that works on it. The row is
 * there from the first run's request on; where it is (`StackFacts`) is known once the stack is made.
 */
export interface StackMappingItem extends Partial<StackFacts> {
  readonly tenantId: string;
  /** Puts the row into the index `listing`, where operators list stacks. */
  readonly listing: 'STACK';
  readonly stackName: string;
  readonly region: string;
  readonly status: TenantStackStatus;
  readonly wave: Wave;
  /** The release that it runs, once a run has succeeded; and the one before, to which a rollout rolls back. */
  readonly release?: string;
  readonly previousRelease?: string;
  readonly lastRunId: string;
  /** The run that has the stack to itself until it is settled. */
  readonly currentRunId?: string;
  readonly updatedAt: string;
}

/** Where clients find a tenant stack: what its own template registers. */
export interface StackFacts {
  readonly apiId: string;
  readonly graphqlUrl: string;
  readonly realtimeUrl: string;
  readonly userPoolId: string;
  readonly userPoolClientId: string;
  /** Its tables for tenants' data, and the role that reaches one tenant's rows in them: layer/tenant-session.ts. */
  readonly productsTable: string;
  readonly ordersTable: string;
  readonly dataRoleArn: string;
}

/** In Releases: one immutable build of the tenant template. */
export interface ReleaseItem {
  readonly release: string;
  /** Puts it into the index `createdAt`. */
  readonly listing: 'RELEASE';
  readonly version: string;
  readonly commit?: string;
  readonly createdAt: string;
}

/** The stack that all tenants share who have none of their own. */
export const pooledStack = 'pooled';
