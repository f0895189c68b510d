import { Duration } from 'aws-cdk-lib';
import type { GraphqlApi } from 'aws-cdk-lib/aws-appsync';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

export interface StackAlarmsProps {
  readonly api: GraphqlApi;
  /** Functions that never fail by intention, by a name of their alarm. */
  readonly functions: Readonly<Record<string, LambdaFunction>>;
}

const period = Duration.minutes(1);
/** Within one period. One or two may be a neighbour's fault: AWS's own services fail at times. */
const tooMany = 3;

/**
 * Alarms of a tenant stack, by which a rollout sees that a release fails. They have no names, so that CloudFormation
 * names them after the stack, which is how the rollout knows whose they are.
 */
export class StackAlarms extends Construct {
  constructor(scope: Construct, id: string, { api, functions }: StackAlarmsProps) {
    super(scope, id);
    for (const [name, { functionName }] of Object.entries(functions)) {
      this.#alarm(`${name}Errors`, 'AWS/Lambda', 'Errors', { FunctionName: functionName });
    }
    this.#alarm('ApiErrors', 'AWS/AppSync', '5XXError', { GraphQLAPIId: api.apiId });
  }

  #alarm(id: string, namespace: string, metricName: string, dimensionsMap: Record<string, string>): void {
    new Alarm(this, id, {
      metric: new Metric({ namespace, metricName, dimensionsMap, period, statistic: 'Sum' }),
      threshold: tooMany,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}
