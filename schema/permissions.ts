/**
 * Who may use which root field: one row a field, in the order of the schemas. The authorizers answer `deniedFields`
 * from it. A field without a row could not be denied, so a test fails where one is missing.
 */
import type { TenantRole, Tier } from '../generated/application.ts';
import type { OperatorRole } from '../generated/control-plane.ts';

/** `SYSTEM`: the product's own functions, which call with IAM. `PUBLIC`: everyone, operators too, with the API key. */
export interface Permission<Role extends string> {
  readonly roles: readonly (Role | 'SYSTEM' | 'PUBLIC')[];
  /** Absent: all tiers. */
  readonly tiers?: readonly Tier[];
}

export type Permissions<Role extends string> = Readonly<Record<string, Permission<Role>>>;

const everyone = { roles: ['TENANT_ADMIN', 'TENANT_USER'] } as const;
const tenantAdmin = { roles: ['TENANT_ADMIN'] } as const;

const operators = { roles: ['SYSTEM_ADMIN', 'CUSTOMER_SUPPORT'] } as const;
const systemAdmin = { roles: ['SYSTEM_ADMIN'] } as const;
const open = { roles: ['PUBLIC'] } as const;

const system = { roles: ['SYSTEM'] } as const;

export const applicationPermissions: Permissions<TenantRole> = {
  'Query.me': everyone,
  'Query.tenant': everyone,
  'Query.usageByDay': everyone,
  'Query.products': everyone,
  'Query.product': everyone,
  'Query.orders': everyone,
  'Query.order': everyone,
  'Query.users': tenantAdmin,
  'Query.user': tenantAdmin,
  'Query.health': system,
  'Mutation.createProduct': everyone,
  'Mutation.updateProduct': everyone,
  'Mutation.deleteProduct': everyone,
  'Mutation.createOrder': everyone,
  'Mutation.updateOrder': everyone,
  'Mutation.cancelOrder': everyone,
  'Mutation.deleteOrder': everyone,
  'Mutation.createUser': tenantAdmin,
  'Mutation.updateUser': tenantAdmin,
  'Mutation.disableUser': tenantAdmin,
  'Mutation.enableUser': tenantAdmin,
  'Mutation.resendInvitation': tenantAdmin,
  'Mutation.publishProductChange': system,
  'Mutation.publishOrderChange': system,
  'Mutation.endSubscriptions': system,
  'Subscription.onProductChanged': everyone,
  'Subscription.onOrderChanged': everyone,
};

export const controlPlanePermissions: Permissions<OperatorRole> = {
  'Query.registration': open,
  'Query.tenantRouting': open,
  'Query.tiers': open,
  'Query.tenants': operators,
  'Query.tenant': operators,
  'Query.tenantUsers': operators,
  'Query.operators': systemAdmin,
  'Query.operator': systemAdmin,
  'Query.auditLog': operators,
  'Query.tenantStacks': operators,
  'Query.provisioningRuns': operators,
  'Query.provisioningRun': operators,
  'Query.tenantUsage': operators,
  'Query.usageSummary': operators,
  'Query.releases': operators,
  'Query.rollouts': operators,
  'Query.rollout': operators,
  'Mutation.registerTenant': open,
  'Mutation.updateTenant': systemAdmin,
  'Mutation.setTenantLimits': systemAdmin,
  'Mutation.suspendTenant': systemAdmin,
  'Mutation.activateTenant': systemAdmin,
  'Mutation.setTenantTier': systemAdmin,
  'Mutation.offboardTenant': systemAdmin,
  'Mutation.cancelOffboarding': systemAdmin,
  'Mutation.confirmMove': systemAdmin,
  'Mutation.revertMove': systemAdmin,
  'Mutation.createTenantUser': systemAdmin,
  'Mutation.updateTenantUser': systemAdmin,
  'Mutation.disableTenantUser': systemAdmin,
  'Mutation.enableTenantUser': systemAdmin,
  'Mutation.resendTenantUserInvitation': systemAdmin,
  'Mutation.disableTenantUsers': systemAdmin,
  'Mutation.enableTenantUsers': systemAdmin,
  'Mutation.createOperator': systemAdmin,
  'Mutation.updateOperator': systemAdmin,
  'Mutation.disableOperator': systemAdmin,
  'Mutation.enableOperator': systemAdmin,
  'Mutation.resendOperatorInvitation': systemAdmin,
  'Mutation.updateTier': systemAdmin,
  'Mutation.retryProvisioning': systemAdmin,
  'Mutation.startRollout': systemAdmin,
  'Mutation.approveWave': systemAdmin,
  'Mutation.abortRollout': systemAdmin,
  'Mutation.setTenantWave': systemAdmin,
  'Mutation.publishRegistration': system,
  'Mutation.publishTenant': system,
  'Mutation.publishProvisioningRun': system,
  'Mutation.publishRollout': system,
  'Subscription.onRegistrationProgress': open,
  'Subscription.onTenantChanged': operators,
  'Subscription.onProvisioningProgress': operators,
  'Subscription.onRolloutChanged': operators,
};

/** The root fields that a role, on a tier where the plane has tiers, may not use: `['Query.users', …]`. */
export function deniedFields<Role extends string>(permissions: Permissions<Role>, role: Role, tier?: Tier): string[] {
  return Object.entries<Permission<Role>>(permissions)
    .filter(([, permission]) => !isAllowed(permission, role, tier))
    .map(([field]) => field);
}

function isAllowed<Role extends string>({ roles, tiers }: Permission<Role>, role: Role, tier?: Tier): boolean {
  const byRole = roles.includes(role) || roles.includes('PUBLIC');
  const byTier = !tiers || (tier !== undefined && tiers.includes(tier));
  return byRole && byTier;
}
