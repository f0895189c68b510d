import { Stack } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { CfnPermission, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

export interface ClockProps {
  readonly name: string;
  readonly description: string;
  /** `rate(1 minute)` */
  readonly schedule: string;
  readonly function: IFunction;
}

/**
 * Calls a function by a schedule. The permission comes before the rule, which has a name for that: CDK's own target makes it
 * after the rule, and what is due between the two is lost.
 */
export class Clock extends Construct {
  constructor(scope: Construct, id: string, props: ClockProps) {
    super(scope, id);
    const { name, description, schedule, function: target } = props;
    const permission = new CfnPermission(this, 'Permission', {
      action: 'lambda:InvokeFunction',
      functionName: target.functionArn,
      principal: 'events.amazonaws.com',
      sourceArn: Stack.of(this).formatArn({ service: 'events', resource: 'rule', resourceName: name }),
    });
    const rule = new CfnRule(this, 'Rule', {
      name,
      description,
      scheduleExpression: schedule,
      targets: [{ id: 'Function', arn: target.functionArn }],
    });
    rule.addResourceDependency(permission);
  }
}
