import { CfnOutput, CfnParameter, CustomResource, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnUserPoolGroup } from 'aws-cdk-lib/aws-cognito';
import type { Construct } from 'constructs';
import { ControlPlaneChanges } from '../constructs/control-plane-changes.ts';
import { pipelines, publicGate as publicGateBefore } from '../../resolvers/control-plane/pipelines.ts';
import { controlPlanePermissions } from '../../schema/permissions.ts';
import { tableStatements } from '../constructs/data-sources.ts';
import { chooseIntrospection } from '../constructs/introspection.ts';
import { Lifecycle } from '../constructs/lifecycle.ts';
import { PlaneApi } from '../constructs/plane-api.ts';
import { allow, PlaneFunction, type PlaneFunctionProps } from '../constructs/plane-function.ts';
import { userActions } from '../constructs/user-actions.ts';
import { orNothing } from '../constructs/or-nothing.ts';
import { publishTable, publishValue } from '../constructs/published-names.ts';
import { Reconciler } from '../constructs/reconciler.ts';
import { Rollouts } from '../constructs/rollouts.ts';
import { acknowledgeTenantPools, tenantPools } from '../constructs/tenant-pools.ts';
import { TenantEvents } from '../constructs/tenant-events.ts';
import { TenantTransitions } from '../constructs/tenant-transitions.ts';
import { PublicGate } from '../constructs/public-gate.ts';
import { TenantTable } from '../constructs/tenant-table.ts';
import { UsageMetering } from '../constructs/usage-metering.ts';
import { PeoplePool } from '../constructs/user-pools.ts';
import { WebAcl } from '../constructs/web-acl.ts';

export interface ControlPlaneStackProps extends StackProps {
  /** Where `bundleFunctions` put the bundles. */
  readonly bundles: string;
}

/** The bootstrap stack: the registry of all tenants, the API that operators and the public sign-up use, and what onboards a tenant. */
export class ControlPlaneStack extends Stack {
  constructor(scope: Construct, id: string, props: ControlPlaneStackProps) {
    super(scope, id, props);

    const userPoolEndpoint = new CfnParameter(this, 'UserPoolEndpoint', {
      default: '',
      description: "Where clients reach the user pools, if not at Cognito's own address",
    }).valueAsString;
    // --- tables ---
    const tenants = new TenantTable(this, 'Tenants', {
      partitionKey: 'tenantId',
      indexes: { slug: { partitionKey: 'listing', sortKey: 'slug' } },
      stream: true,
    });
    const tenantStackMapping = new TenantTable(this, 'TenantStackMapping', {
      partitionKey: 'tenantId',
      indexes: { listing: { partitionKey: 'listing', sortKey: 'tenantId' } },
    });
    const releases = new TenantTable(this, 'Releases', {
      partitionKey: 'release',
      indexes: { createdAt: { partitionKey: 'listing', sortKey: 'createdAt' } },
    });
    const provisioningRuns = new TenantTable(this, 'ProvisioningRuns', {
      partitionKey: 'runId',
      indexes: { tenantId: { partitionKey: 'tenantId', sortKey: 'runId' } },
      stream: true,
    });
    const tenantUsers = new TenantTable(this, 'TenantUsers', {
      partitionKey: 'tenantId',
      sortKey: 'userId',
      indexes: { sub: { partitionKey: 'sub' } },
      stream: true,
    });
    const gates = new TenantTable(this, 'Gates', { partitionKey: 'tenantId' });
    const registrations = new TenantTable(this, 'Registrations', { partitionKey: 'registrationId', stream: true });
    const auditLog = new TenantTable(this, 'AuditLog', {
      partitionKey: 'listing',
      sortKey: 'id',
      indexes: { tenantId: { partitionKey: 'tenantId', sortKey: 'id' } },
    });
    const tiers = new TenantTable(this, 'Tiers', { partitionKey: 'tier' });
    const publicGate = new PublicGate(this, 'PublicGate');
    publishTable(this, 'Tenants', tenants);
    publishTable(this, 'TenantUsers', tenantUsers);
    publishTable(this, 'TenantStackMapping', tenantStackMapping);
    publishTable(this, 'Gates', gates);
    publishTable(this, 'Releases', releases);
    publishTable(this, 'ProvisioningRuns', provisioningRuns);

    // --- operators ---
    const pool = new PeoplePool(this, 'OperatorPool', {
      userInvitation: {
        emailSubject: 'You are an operator of Cotenant',
        emailBody: 'Sign in as {username} with the temporary password {####}\nYou will be asked to choose a new one.',
      },
    });
    for (const groupName of ['SystemAdmin', 'CustomerSupport']) {
      new CfnUserPoolGroup(this, groupName, { userPoolId: pool.userPoolId, groupName });
    }

    // --- functions ---
    const planeFunction = (name: string, folder: string, settings: Omit<PlaneFunctionProps, 'bundles' | 'folder'>) =>
      new PlaneFunction(this, name, { bundles: props.bundles, folder, ...settings });
    const pools = tenantPools(this);

    const operatorAuthorizer = planeFunction('OperatorAuthorizer', 'operator-authorizer', {
      environment: { USER_POOL_ID: pool.userPoolId, USER_POOL_CLIENT_ID: pool.client.userPoolClientId },
      permissions: [],
    });
    const registration = planeFunction('Registration', 'registration', {
      environment: {
        TENANTS_TABLE: tenants.tableName,
        REGISTRATIONS_TABLE: registrations.tableName,
        TIERS_TABLE: tiers.tableName,
        TENANT_STACK_MAPPING_TABLE: tenantStackMapping.tableName,
        AUDIT_LOG_TABLE: auditLog.tableName,
      },
      permissions: [
        ...tableStatements({ table: tenants, actions: ['GetItem', 'PutItem', 'BatchGetItem', 'ConditionCheckItem'] }),
        ...tableStatements({ table: registrations, actions: ['GetItem', 'PutItem'] }),
        ...tableStatements({ table: tiers, actions: ['GetItem'] }),
        ...tableStatements({ table: tenantStackMapping, actions: ['GetItem'] }),
        ...tableStatements({ table: auditLog, actions: ['PutItem'] }),
      ],
    });
    const { bus } = new TenantEvents(this, 'Events', { bundles: props.bundles, follows: [tenants, tenantUsers] });
    const lifecycle = new Lifecycle(this, 'Lifecycle', {
      bundles: props.bundles,
      tables: { tenants, registrations, tenantUsers, gates, tenantStackMapping, provisioningRuns, auditLog },
      bus,
      tenantPools: pools,
    });
    const users = planeFunction('Users', 'users', {
      timeout: Duration.seconds(29),
      environment: {
        PLANE: 'control',
        STACK: 'pooled',
        TENANTS_TABLE: tenants.tableName,
        TENANT_USERS_TABLE: tenantUsers.tableName,
        TENANT_STACK_MAPPING_TABLE: tenantStackMapping.tableName,
        GATES_TABLE: gates.tableName,
        AUDIT_LOG_TABLE: auditLog.tableName,
      },
      permissions: [
        ...tableStatements({ table: tenants, actions: ['GetItem', 'PutItem', 'DeleteItem'] }),
        ...tableStatements({
          table: tenantUsers,
          actions: ['GetItem', 'PutItem', 'Query', 'ConditionCheckItem'],
          indexes: ['sub'],
        }),
        ...tableStatements({ table: tenantStackMapping, actions: ['GetItem'] }),
        ...tableStatements({ table: gates, actions: ['UpdateItem'] }),
        ...tableStatements({ table: auditLog, actions: ['PutItem'] }),
        allow(userActions, [pools]),
      ],
    });
    const operators = planeFunction('Operators', 'operators', {
      timeout: Duration.seconds(29),
      environment: { USER_POOL_ID: pool.userPoolId, AUDIT_LOG_TABLE: auditLog.tableName },
      permissions: [
        ...tableStatements({ table: auditLog, actions: ['PutItem'] }),
        allow(
          [
            ...userActions,
            'cognito-idp:ListUsersInGroup',
            'cognito-idp:AdminListGroupsForUser',
            'cognito-idp:AdminRemoveUserFromGroup',
          ],
          [pool.userPoolArn],
        ),
      ],
    });
    const retryProvisioning = planeFunction('RetryProvisioning', 'retry-provisioning', {
      environment: {
        TENANTS_TABLE: tenants.tableName,
        REGISTRATIONS_TABLE: registrations.tableName,
        TENANT_STACK_MAPPING_TABLE: tenantStackMapping.tableName,
        PROVISIONING_RUNS_TABLE: provisioningRuns.tableName,
        AUDIT_LOG_TABLE: auditLog.tableName,
      },
      permissions: [
        ...tableStatements({ table: tenants, actions: ['GetItem', 'UpdateItem'] }),
        ...tableStatements({ table: registrations, actions: ['GetItem', 'UpdateItem'] }),
        ...tableStatements({ table: tenantStackMapping, actions: ['GetItem', 'UpdateItem'] }),
        ...tableStatements({ table: provisioningRuns, actions: ['GetItem', 'PutItem'] }),
        ...tableStatements({ table: auditLog, actions: ['PutItem'] }),
      ],
    });
    const usage = new UsageMetering(this, 'Usage', { bundles: props.bundles, tenants, tenantUsers, gates });
    publishTable(this, 'Usage', usage.table);
    const rollouts = new Rollouts(this, 'Rollouts', { bundles: props.bundles, releases, tenantStackMapping, auditLog });
    publishTable(this, 'Rollouts', rollouts.table);
    publishTable(this, 'AuditLog', auditLog);
    acknowledgeTenantPools(lifecycle.function, users.function);

    const transitions = new TenantTransitions(this, 'Transitions', {
      bundles: props.bundles,
      tables: {
        tenants,
        gates,
        registrations,
        tenantStackMapping,
        tenantUsers,
        provisioningRuns,
        auditLog,
        usage: usage.table,
      },
      tenantPools: pools,
    });

    new Reconciler(this, 'Reconciler', {
      bundles: props.bundles,
      tables: { tenants, registrations, tenantStackMapping, provisioningRuns, rollouts: rollouts.table, auditLog },
    });

    chooseIntrospection(this);

    // --- API ---
    const api = new PlaneApi(this, 'ControlPlane', {
      plane: 'control-plane',
      name: 'cotenant-control-plane',
      authorizer: operatorAuthorizer.function,
      webAclArn: new WebAcl(this, 'WebAcl').arn,
      introspection: 'ENABLED',
      pipelines,
      permissions: controlPlanePermissions,
      guards: [{ role: 'PUBLIC', steps: ['lib/public-gate/admitAddressIdle', 'lib/public-gate/admitAddressBusy'] }],
      before: ({ coordinate, directives }) => (directives.includes('aws_api_key') ? publicGateBefore(coordinate) : []),
      dataSources: {
        None: { kind: 'none' },
        PublicGates: publicGate.dataSource,
        Tenants: { kind: 'table', access: [{ table: tenants, actions: ['GetItem', 'Query'], indexes: ['slug'] }] },
        TenantStackMapping: {
          kind: 'table',
          access: [{ table: tenantStackMapping, actions: ['GetItem'], indexes: ['listing'] }],
        },
        ProvisioningRuns: {
          kind: 'table',
          access: [{ table: provisioningRuns, actions: ['GetItem'], indexes: ['tenantId'] }],
        },
        TenantWaves: {
          kind: 'table',
          access: [
            { table: tenantStackMapping, actions: ['UpdateItem'] },
            { table: auditLog, actions: ['PutItem'] },
          ],
        },
        Releases: { kind: 'table', access: [{ table: releases, actions: ['Query'], indexes: ['createdAt'] }] },
        Rollouts: { kind: 'table', access: [{ table: rollouts.table, actions: ['GetItem'], indexes: ['listing'] }] },
        TenantUsers: { kind: 'table', access: [{ table: tenantUsers, actions: ['Query'] }] },
        Registrations: { kind: 'table', access: [{ table: registrations, actions: ['GetItem'] }] },
        AuditLog: { kind: 'table', access: [{ table: auditLog, actions: ['Query'], indexes: ['tenantId'] }] },
        Tiers: { kind: 'table', access: [{ table: tiers, actions: ['GetItem', 'BatchGetItem'] }] },
        TenantLifecycle: {
          kind: 'table',
          access: [
            { table: tenants, actions: ['GetItem', 'UpdateItem', 'PutItem', 'ConditionCheckItem'] },
            { table: gates, actions: ['UpdateItem', 'PutItem'] },
            { table: transitions.table, actions: ['PutItem', 'UpdateItem', 'DeleteItem'] },
            { table: auditLog, actions: ['PutItem'] },
            { table: tiers, actions: ['GetItem', 'UpdateItem', 'PutItem'] },
          ],
        },
        registration: { kind: 'function', function: registration.function },
        tenantUsers: { kind: 'function', function: users.function },
        operators: { kind: 'function', function: operators.function },
        rollouts: { kind: 'function', function: rollouts.function.function },
        retryProvisioning: { kind: 'function', function: retryProvisioning.function },
        usage: { kind: 'function', function: usage.reports },
      },
      environment: {
        USER_POOL_ENDPOINT: orNothing(this, 'UserPoolEndpoint', userPoolEndpoint),
        TENANTS_TABLE: tenants.tableName,
        TENANT_STACK_MAPPING_TABLE: tenantStackMapping.tableName,
        TENANT_USERS_TABLE: tenantUsers.tableName,
        GATES_TABLE: gates.tableName,
        REGISTRATIONS_TABLE: registrations.tableName,
        AUDIT_LOG_TABLE: auditLog.tableName,
        TIERS_TABLE: tiers.tableName,
        TRANSITIONS_TABLE: transitions.table.tableName,
        PUBLIC_LIMITS: publicGate.limits,
      },
    });

    // --- what changes drive ---
    new ControlPlaneChanges(this, 'Changes', {
      bundles: props.bundles,
      api,
      tenants,
      tenantStackMapping,
      follows: [tenants, tenantUsers, registrations, provisioningRuns, rollouts.table],
    });

    const tierDefaults = planeFunction('TierDefaults', 'tier-defaults', {
      environment: { TIERS_TABLE: tiers.tableName },
      permissions: tableStatements({ table: tiers, actions: ['PutItem'] }),
    });
    new CustomResource(this, 'TierRows', {
      serviceToken: tierDefaults.function.functionArn,
      resourceType: 'Custom::TierDefaults',
    });

    publishValue(this, 'GraphqlUrl', api.api.graphqlUrl);
    publishValue(this, 'RealtimeUrl', api.realtimeUrl);
    publishValue(this, 'ApiKey', api.api.apiKey ?? '');
    publishValue(this, 'UserPoolId', pool.userPoolId);
    publishValue(this, 'UserPoolClientId', pool.client.userPoolClientId);
    for (const [name, value] of Object.entries({
      ApiId: api.api.apiId,
      GraphqlUrl: api.api.graphqlUrl,
      RealtimeUrl: api.realtimeUrl,
      ApiKey: api.api.apiKey ?? '',
      UserPoolId: pool.userPoolId,
      UserPoolClientId: pool.client.userPoolClientId,
      TenantsTable: tenants.tableName,
      ExportBucket: transitions.exports.bucketName,
      TenantStackMappingTable: tenantStackMapping.tableName,
      ProvisioningRunsTable: provisioningRuns.tableName,
      ReleasesTable: releases.tableName,
    })) {
      new CfnOutput(this, name, { value });
    }
  }
}
