import { Duration, Expiration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { AuthorizationType, type CfnGraphQLApi, Definition, GraphqlApi } from 'aws-cdk-lib/aws-appsync';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { PipelineStep, Pipelines } from '../../resolvers/pipelines.ts';
import { type DataSourceSpecification, PlaneDataSource } from './data-sources.ts';
import { allow } from './plane-function.ts';
import { PlaneResolvers } from './plane-resolvers.ts';
import type { GuardedPlane } from './require-guards.ts';
import { type RootField, rootFields, schemaText, writeSchema } from './schema-text.ts';
import { protect } from './web-acl.ts';

export interface PlaneApiProps {
  /** Names the schema (schema/<plane>.graphql) and the folder of resolvers (resolvers/<plane>). */
  readonly plane: string;
  readonly name: string;
  readonly authorizer: IFunction;
  readonly webAclArn: string;
  /** `ENABLED` or `DISABLED`, which may be known only when the stack is deployed. */
  readonly introspection: string;
  readonly pipelines: Pipelines;
  readonly permissions: GuardedPlane['permissions'];
  /** What must run first, by who asks; synth fails where it does not. */
  readonly guards: GuardedPlane['guards'];
  readonly before?: (field: RootField) => readonly PipelineStep[];
  readonly dataSources: Readonly<Record<string, DataSourceSpecification>>;
  /** What resolvers read as ctx.env. */
  readonly environment: Readonly<Record<string, string>>;
}

/** A plane's AppSync API from its schema and its folder of resolvers. AWS_LAMBDA is the default mode, AWS_IAM the system's own. */
export class PlaneApi extends Construct {
  readonly api: GraphqlApi;

  constructor(scope: Construct, id: string, props: PlaneApiProps) {
    super(scope, id);
    const schema = schemaText(props.plane);
    const hasPublicFields = Object.values(props.permissions).some(({ roles }) => roles.includes('PUBLIC'));
    this.api = new GraphqlApi(this, 'Api', {
      name: props.name,
      definition: Definition.fromFile(writeSchema(props.plane, schema)),
      authorizationConfig: {
        defaultAuthorization: {
          authorizationType: AuthorizationType.LAMBDA,
          // The authorizer says itself how long each answer holds.
          lambdaAuthorizerConfig: { handler: props.authorizer, resultsCacheTtl: Duration.seconds(0) },
        },
        additionalAuthorizationModes: [
          { authorizationType: AuthorizationType.IAM },
          ...(hasPublicFields
            ? [{ authorizationType: AuthorizationType.API_KEY, apiKeyConfig: { expires: keyExpiration(new Date()) } }]
            : []),
        ],
      },
      queryDepthLimit: 12,
      resolverCountLimit: 100,
      xrayEnabled: true,
      environmentVariables: props.environment,
    });

    this.#resource.introspectionConfig = props.introspection;
    protect(this, this.api.arn, props.webAclArn);

    // AppSync would make the group itself, under this name, with its first message: for ever, and of no stack.
    new LogGroup(this, 'Logs', {
      logGroupName: `/aws/appsync/apis/${this.api.apiId}`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // Not by the construct's own logConfig, which brings a function and broad rights to set a retention.
    this.#resource.logConfig = {
      fieldLogLevel: 'ERROR',
      excludeVerboseContent: true,
      cloudWatchLogsRoleArn: this.#logRole().roleArn,
    };
    Validations.of(this.#resource).acknowledge({
      id: 'AwsSolutions-ASC3',
      reason: 'Errors are logged; verbose content is left out, since it would hold headers and what tenants send.',
    });

    const dataSources = Object.fromEntries(
      Object.entries(props.dataSources).map(([name, specification]) => [
        name,
        new PlaneDataSource(this, name, { api: this.api, specification }),
      ]),
    );
    new PlaneResolvers(this, 'Resolvers', {
      api: this.api,
      plane: props.plane,
      fields: rootFields(schema),
      pipelines: props.pipelines,
      permissions: props.permissions,
      guards: props.guards,
      before: props.before ?? (() => []),
      dataSources,
    });
  }

  /** Where subscriptions connect. */
  get realtimeUrl(): string {
    return this.#resource.attrRealtimeUrl;
  }

  get #resource(): CfnGraphQLApi {
    return this.api.node.defaultChild as CfnGraphQLApi;
  }

  /** The ARN of one mutation, for a function that calls it as the system. */
  mutationArn(field: string): string {
    return `${this.api.arn}/types/Mutation/fields/${field}`;
  }

  #logRole(): Role {
    const { partition, region, account } = Stack.of(this);
    const role = new Role(this, 'LogRole', { assumedBy: new ServicePrincipal('appsync.amazonaws.com') });
    role.addToPolicy(
      allow(
        ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
        [`arn:${partition}:logs:${region}:${account}:log-group:/aws/appsync/apis/*`],
      ),
    );
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:/aws/appsync/apis/*]',
      reason: 'AppSync names the log group after the API, whose id is not known before the role is needed.',
    });
    return role;
  }
}

/** The last moment of the month eleven months on: at most a year, as AppSync asks, and the same all month, so that templates are. */
function keyExpiration(now: Date): Expiration {
  return Expiration.atDate(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 11, 1)));
}
