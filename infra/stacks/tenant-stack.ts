import {
  Aws,
  CfnCondition,
  CfnOutput,
  CfnParameter,
  CustomResource,
  Duration,
  Fn,
  Stack,
  type StackProps,
  Token,
} from 'aws-cdk-lib';
import { LambdaVersion, UserPoolOperation } from 'aws-cdk-lib/aws-cognito';
import { type CfnFunction, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Construct } from 'constructs';
import { emailClaim } from '../../functions/layer/registry.ts';
import { pipelines } from '../../resolvers/application/pipelines.ts';
import { applicationPermissions } from '../../schema/permissions.ts';
import { tableStatements } from '../constructs/data-sources.ts';
import { findIntrospection } from '../constructs/introspection.ts';
import { PlaneApi } from '../constructs/plane-api.ts';
import { allow, PlaneFunction, type PlaneFunctionProps } from '../constructs/plane-function.ts';
import { findTable } from '../constructs/published-names.ts';
import type { RootField } from '../constructs/schema-text.ts';
import { TenantDataRole } from '../constructs/tenant-data-role.ts';
import { StackAlarms } from '../constructs/stack-alarms.ts';
import { TenantTable } from '../constructs/tenant-table.ts';
import { userActions } from '../constructs/user-actions.ts';
import { PeoplePool } from '../constructs/user-pools.ts';
import { findWebAcl } from '../constructs/web-acl.ts';

export interface TenantStackProps extends StackProps {
  /** Where `bundleFunctions` put the bundles. */
  readonly bundles: string;
}

/** The last one ends what the others refuse: none goes without it. */
const gateSteps = ['chargeIdle', 'chargeBusy', 'chargeIdleAgain', 'chargeBusyAgain', 'countRefusal'].map(
  (name) => `lib/gate/${name}`,
);

/** Every field but the system's own goes through the tenant's gate first. */
const gateBefore = (field: RootField) =>
  field.directives.includes('aws_iam') ? [] : gateSteps.map((step) => ({ step: `../${step}`, dataSource: 'Gates' }));

/** The tenant template: all that tenants use. `pooled` is its first instance; a silo is another, with its tenant's parameters. */
export class TenantStack extends Stack {
  constructor(scope: Construct, id: string, props: TenantStackProps) {
    super(scope, id, props);

    const tenantId = new CfnParameter(this, 'TenantId', {
      default: 'pooled',
      allowedPattern: '^(pooled|[0-9A-HJKMNP-TV-Z]{26})$',
      description: '`pooled`, or the id of the tenant that has this stack to itself',
    }).valueAsString;
    const release = new CfnParameter(this, 'Release', {
      default: 'unreleased',
      description: 'The release that this stack runs',
    }).valueAsString;

    new CfnParameter(this, 'ReleaseBucket', { description: 'The bucket that holds the code of the release' });

    // --- tables ---
    const products = new TenantTable(this, 'Products', { partitionKey: 'shardId', sortKey: 'productId', stream: true });
    const orders = new TenantTable(this, 'Orders', { partitionKey: 'shardId', sortKey: 'orderId', stream: true });
    const tenants = findTable(this, 'Tenants');
    const tenantUsers = findTable(this, 'TenantUsers');
    const tenantStackMapping = findTable(this, 'TenantStackMapping');
    const gates = findTable(this, 'Gates');
    const usage = findTable(this, 'Usage');
    // A stack of one tenant reaches its rows alone of what the control plane has of all; the pool's cannot know whose turn it is.
    const isPool = new CfnCondition(this, 'IsPool', { expression: Fn.conditionEquals(tenantId, 'pooled') });
    const keys = Token.asString(Fn.conditionIf(isPool.logicalId, '*', tenantId));

    // --- people ---
    const pool = new PeoplePool(this, 'UserPool', {
      userInvitation: {
        emailSubject: 'Your workspace is waiting',
        emailBody: 'Sign in as {username} with the temporary password {####}\nYou will be asked to choose a new one.',
      },
    });
    const planeFunction = (name: string, folder: string, settings: Omit<PlaneFunctionProps, 'bundles' | 'folder'>) =>
      new PlaneFunction(this, name, { bundles: props.bundles, folder, ...settings });
    const registry = { TENANTS_TABLE: tenants.tableName, TENANT_USERS_TABLE: tenantUsers.tableName, STACK: tenantId };

    const preToken = planeFunction('PreToken', 'pre-token', {
      // Cognito waits five seconds for a trigger.
      timeout: Duration.seconds(5),
      environment: registry,
      permissions: [
        ...tableStatements({ table: tenants, actions: ['GetItem'] }),
        ...tableStatements({ table: tenantUsers, actions: ['GetItem', 'UpdateItem'], indexes: ['sub'] }),
      ],
    });
    pool.addTrigger(UserPoolOperation.PRE_TOKEN_GENERATION_CONFIG, preToken.function, LambdaVersion.V2_0);

    const authorizer = planeFunction('Authorizer', 'authorizer', {
      environment: { ...registry, USER_POOL_ID: pool.userPoolId, USER_POOL_CLIENT_ID: pool.client.userPoolClientId },
      permissions: [
        ...tableStatements({ table: tenants, actions: ['GetItem', 'BatchGetItem'] }),
        ...tableStatements({ table: tenantUsers, actions: ['GetItem', 'BatchGetItem'] }),
      ],
    });
    const users = planeFunction('Users', 'users', {
      timeout: Duration.seconds(29),
      environment: {
        ...registry,
        PLANE: 'application',
        TENANT_STACK_MAPPING_TABLE: tenantStackMapping.tableName,
        GATES_TABLE: gates.tableName,
      },
      permissions: [
        ...tableStatements({ table: tenants, actions: ['GetItem'], keys }),
        // The claims of this stack's addresses.
        ...tableStatements({ table: tenants, actions: ['PutItem', 'DeleteItem'], keys: emailClaim(tenantId, '*') }),
        ...tableStatements({
          table: tenantUsers,
          actions: ['GetItem', 'PutItem', 'Query', 'ConditionCheckItem'],
          indexes: ['sub'],
          keys,
        }),
        ...tableStatements({ table: tenantStackMapping, actions: ['GetItem'] }),
        ...tableStatements({ table: gates, actions: ['UpdateItem'], keys }),
        allow(userActions, [pool.userPoolArn]),
      ],
    });

    // --- API ---
    const api = new PlaneApi(this, 'Application', {
      plane: 'application',
      name: `cotenant-${tenantId}`,
      authorizer: authorizer.function,
      webAclArn: findWebAcl(this),
      introspection: findIntrospection(this),
      pipelines,
      permissions: applicationPermissions,
      guards: [{ role: 'TENANT', steps: gateSteps }],
      before: gateBefore,
      dataSources: {
        None: { kind: 'none' },
        Gates: { kind: 'table', access: [{ table: gates, actions: ['GetItem', 'UpdateItem'], keys }] },
        Tenants: { kind: 'table', access: [{ table: tenants, actions: ['GetItem'], keys }] },
        Usage: { kind: 'table', access: [{ table: usage, actions: ['Query'], keys }] },
        TenantUsers: { kind: 'table', access: [{ table: tenantUsers, actions: ['GetItem', 'Query'], keys }] },
        Products: {
          kind: 'table',
          access: [
            { table: products, actions: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'BatchGetItem'] },
          ],
        },
        Orders: { kind: 'table', access: [{ table: orders, actions: ['GetItem', 'UpdateItem', 'Query'] }] },
        Sales: {
          kind: 'table',
          access: [
            { table: orders, actions: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'] },
            { table: products, actions: ['UpdateItem', 'ConditionCheckItem'] },
          ],
        },
        users: { kind: 'function', function: users.function },
      },
      environment: {
        STACK: tenantId,
        RELEASE: release,
        PRODUCTS_TABLE: products.tableName,
        ORDERS_TABLE: orders.tableName,
      },
    });

    const changes = planeFunction('Changes', 'application-changes', {
      environment: { GRAPHQL_URL: api.api.graphqlUrl },
      permissions: [
        allow(['appsync:GraphQL'], [api.mutationArn('publishProductChange'), api.mutationArn('publishOrderChange')]),
      ],
    });
    // It sends what an older schema would refuse for good.
    api.api.addSchemaDependency(changes.function.node.defaultChild as CfnFunction);
    for (const table of [products, orders]) {
      changes.function.addEventSource(
        new DynamoEventSource(table, {
          startingPosition: StartingPosition.TRIM_HORIZON,
          reportBatchItemFailures: true,
          batchSize: 25,
          retryAttempts: 5,
        }),
      );
    }

    const dataRole = new TenantDataRole(this, 'TenantData', { sharded: [products, orders], byTenant: [tenantUsers] });
    // A pre-token trigger can refuse by an error only: its errors say nothing of the release.
    new StackAlarms(this, 'Alarms', {
      api: api.api,
      functions: { Authorizer: authorizer.function, Users: users.function, Changes: changes.function },
    });

    // --- the control plane learns where this stack is ---
    const registration = planeFunction('StackRegistration', 'stack-registration', {
      environment: { TENANT_STACK_MAPPING_TABLE: tenantStackMapping.tableName },
      permissions: tableStatements({ table: tenantStackMapping, actions: ['UpdateItem', 'PutItem', 'DeleteItem'] }),
    });
    const facts = {
      tenantId,
      // The name of whichever stack this is made as: the template is synthesized once for all.
      stackName: Aws.STACK_NAME,
      region: this.region,
      apiId: api.api.apiId,
      graphqlUrl: api.api.graphqlUrl,
      realtimeUrl: api.realtimeUrl,
      userPoolId: pool.userPoolId,
      userPoolClientId: pool.client.userPoolClientId,
      productsTable: products.tableName,
      ordersTable: orders.tableName,
      dataRoleArn: dataRole.roleArn,
    };
    new CustomResource(this, 'Mapping', {
      serviceToken: registration.function.functionArn,
      resourceType: 'Custom::TenantStackMapping',
      properties: facts,
    });

    for (const [name, value] of Object.entries({
      ApiId: facts.apiId,
      GraphqlUrl: facts.graphqlUrl,
      RealtimeUrl: facts.realtimeUrl,
      UserPoolId: facts.userPoolId,
      UserPoolClientId: facts.userPoolClientId,
      ProductsTable: facts.productsTable,
      OrdersTable: facts.ordersTable,
    })) {
      new CfnOutput(this, name, { value });
    }
  }
}
