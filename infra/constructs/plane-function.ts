import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { join } from 'node:path';
import { Construct } from 'constructs';

export interface PlaneFunctionProps {
  /** Where `bundleFunctions` put the bundles. */
  readonly bundles: string;
  /** The folder below functions/. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly timeout?: Duration;
  /** What it may do, beside writing its own log. */
  readonly permissions: readonly PolicyStatement[];
}

/** A Lambda function with a role and a log group of its own, and nothing allowed that is not listed. */
export class PlaneFunction extends Construct {
  readonly function: LambdaFunction;

  constructor(scope: Construct, id: string, props: PlaneFunctionProps) {
    super(scope, id);
    const logGroup = new LogGroup(this, 'Logs', {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.function = new LambdaFunction(this, 'Function', {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: Code.fromAsset(join(props.bundles, props.folder)),
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
      memorySize: 256,
      timeout: props.timeout ?? Duration.seconds(10),
      environment: {
        POWERTOOLS_SERVICE_NAME: props.folder,
        POWERTOOLS_METRICS_NAMESPACE: 'Cotenant',
        LOG_LEVEL: 'INFO',
        ...props.environment,
      },
    });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [logGroup.logGroupArn],
      }),
    );
    for (const statement of props.permissions) role.addToPolicy(statement);
    Validations.of(role).acknowledge(
      {
        id: 'AwsSolutions-IAM5[Resource::*]',
        reason: 'X-Ray takes segments for no resource in particular: its actions allow no other resource than *.',
      },
      {
        id: 'AwsSolutions-IAM5[Resource::<*.Arn>:*]',
        reason: "The streams of the function's own log group, which Lambda names.",
      },
    );
  }
}

/** One statement that allows `actions` on `resources`. */
export function allow(
  actions: readonly string[],
  resources: readonly string[],
  conditions?: Record<string, Record<string, unknown>>,
): PolicyStatement {
  return new PolicyStatement({
    effect: Effect.ALLOW,
    actions: [...actions],
    resources: [...resources],
    ...(conditions && { conditions }),
  });
}
