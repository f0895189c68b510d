import type { PipelineStep, Pipelines } from '../pipelines.ts';

/** The last step of what changes a tenant: answers the refusal, or the tenant as it is now. */
const changedTenant: PipelineStep = { step: 'changedTenant', dataSource: 'Tenants' };

const invoke = (dataSource: string): readonly PipelineStep[] => [{ step: 'invokeFunction', dataSource }];
/** What may shut an operator out ends what the operator follows. */
const changeOperator = [...invoke('operators'), { step: 'endFollowing', dataSource: 'None' }];
const publish: readonly PipelineStep[] = [{ step: 'publish', dataSource: 'None' }];

/** What operators follow begins only while they stand. */
const follow = (coordinate: string): readonly PipelineStep[] => [
  { step: 'standingOperator', dataSource: 'operators' },
  { step: coordinate, dataSource: 'None' },
];

const gate = (step: string): PipelineStep => ({ step: `../lib/public-gate/${step}`, dataSource: 'PublicGates' });
const gateByAddress = [gate('admitAddressIdle'), gate('admitAddressBusy')];
const gateByEmail = [gate('admitEmailIdle'), gate('admitEmailBusy')];

/** What goes before the own steps of a public field: the gate of who has not signed in. */
export function publicGate(coordinate: string): readonly PipelineStep[] {
  return coordinate === 'Mutation.registerTenant' ? [...gateByAddress, ...gateByEmail] : gateByAddress;
}

/** What each root field does. */
export const pipelines: Pipelines = {
  'Query.registration': [{ step: 'Query.registration', dataSource: 'Registrations' }],
  'Query.tenantRouting': [
    { step: 'Query.tenantRouting', dataSource: 'Tenants' },
    { step: 'Query.tenantRouting.tenant', dataSource: 'Tenants' },
    { step: 'Query.tenantRouting.stack', dataSource: 'TenantStackMapping' },
  ],
  'Query.tiers': [{ step: 'Query.tiers', dataSource: 'Tiers' }],
  'Query.tenants': [
    { step: 'Query.tenants', dataSource: 'Tenants' },
    { step: 'Query.tenants.more', dataSource: 'Tenants' },
  ],
  'Query.tenant': [{ step: 'Query.tenant', dataSource: 'Tenants' }],
  'Query.tenantUsers': [
    { step: 'Query.tenantUsers', dataSource: 'Tenants' },
    { step: 'Query.tenantUsers.users', dataSource: 'TenantUsers' },
  ],
  'Query.operators': [{ step: 'Query.operators', dataSource: 'operators' }],
  'Query.operator': invoke('operators'),
  'Query.auditLog': [
    { step: 'Query.auditLog', dataSource: 'AuditLog' },
    { step: 'Query.auditLog.more', dataSource: 'AuditLog' },
  ],
  'Query.tenantStacks': [{ step: 'Query.tenantStacks', dataSource: 'TenantStackMapping' }],
  'Query.provisioningRuns': [{ step: 'Query.provisioningRuns', dataSource: 'ProvisioningRuns' }],
  'Query.provisioningRun': [{ step: 'Query.provisioningRun', dataSource: 'ProvisioningRuns' }],
  'Query.tenantUsage': [{ step: 'Query.tenantUsage', dataSource: 'usage' }],
  'Query.usageSummary': [{ step: 'Query.usageSummary', dataSource: 'usage' }],
  'Query.releases': [{ step: 'Query.releases', dataSource: 'Releases' }],
  'Query.rollouts': [{ step: 'Query.rollouts', dataSource: 'Rollouts' }],
  'Query.rollout': [{ step: 'Query.rollout', dataSource: 'Rollouts' }],

  'Mutation.registerTenant': invoke('registration'),

  'Mutation.updateTenant': [{ step: 'Mutation.updateTenant', dataSource: 'TenantLifecycle' }, changedTenant],
  'Mutation.setTenantLimits': [
    { step: 'Mutation.setTenantLimits', dataSource: 'Tenants' },
    { step: 'Mutation.setTenantLimits.tier', dataSource: 'Tiers' },
    { step: 'Mutation.setTenantLimits.write', dataSource: 'TenantLifecycle' },
    changedTenant,
  ],
  'Mutation.suspendTenant': [{ step: 'Mutation.suspendTenant', dataSource: 'TenantLifecycle' }, changedTenant],
  'Mutation.activateTenant': [{ step: 'Mutation.activateTenant', dataSource: 'TenantLifecycle' }, changedTenant],

  'Mutation.setTenantTier': [
    { step: 'Mutation.setTenantTier', dataSource: 'Tenants' },
    { step: 'Mutation.setTenantTier.tier', dataSource: 'Tiers' },
    { step: 'Mutation.setTenantTier.write', dataSource: 'TenantLifecycle' },
    changedTenant,
  ],
  'Mutation.confirmMove': [
    { step: 'Mutation.confirmMove', dataSource: 'Tenants' },
    { step: 'Mutation.confirmMove.write', dataSource: 'TenantLifecycle' },
    changedTenant,
  ],
  'Mutation.revertMove': [
    { step: 'Mutation.revertMove', dataSource: 'Tenants' },
    { step: 'Mutation.revertMove.write', dataSource: 'TenantLifecycle' },
    changedTenant,
  ],
  'Mutation.offboardTenant': [
    { step: 'Mutation.offboardTenant', dataSource: 'Tenants' },
    { step: 'Mutation.offboardTenant.write', dataSource: 'TenantLifecycle' },
    changedTenant,
  ],
  'Mutation.cancelOffboarding': [
    { step: 'Mutation.cancelOffboarding', dataSource: 'Tenants' },
    { step: 'Mutation.cancelOffboarding.write', dataSource: 'TenantLifecycle' },
    changedTenant,
  ],

  'Mutation.createTenantUser': invoke('tenantUsers'),
  'Mutation.updateTenantUser': invoke('tenantUsers'),
  'Mutation.disableTenantUser': invoke('tenantUsers'),
  'Mutation.enableTenantUser': invoke('tenantUsers'),
  'Mutation.resendTenantUserInvitation': invoke('tenantUsers'),
  'Mutation.disableTenantUsers': invoke('tenantUsers'),
  'Mutation.enableTenantUsers': invoke('tenantUsers'),

  'Mutation.createOperator': invoke('operators'),
  'Mutation.updateOperator': changeOperator,
  'Mutation.disableOperator': changeOperator,
  'Mutation.enableOperator': invoke('operators'),
  'Mutation.resendOperatorInvitation': invoke('operators'),

  'Mutation.updateTier': [
    { step: 'Mutation.updateTier', dataSource: 'TenantLifecycle' },
    { step: 'Mutation.updateTier.read', dataSource: 'Tiers' },
  ],

  'Mutation.retryProvisioning': invoke('retryProvisioning'),
  'Mutation.startRollout': invoke('rollouts'),
  'Mutation.approveWave': invoke('rollouts'),
  'Mutation.abortRollout': invoke('rollouts'),
  'Mutation.setTenantWave': [
    { step: 'Mutation.setTenantWave', dataSource: 'TenantWaves' },
    { step: 'Mutation.setTenantWave.read', dataSource: 'TenantStackMapping' },
  ],

  'Mutation.publishRegistration': publish,
  'Mutation.publishTenant': publish,
  'Mutation.publishProvisioningRun': publish,
  'Mutation.publishRollout': publish,

  'Subscription.onRegistrationProgress': [{ step: 'Subscription.onRegistrationProgress', dataSource: 'None' }],
  'Subscription.onTenantChanged': follow('Subscription.onTenantChanged'),
  'Subscription.onProvisioningProgress': follow('Subscription.onProvisioningProgress'),
  'Subscription.onRolloutChanged': follow('Subscription.onRolloutChanged'),
};
