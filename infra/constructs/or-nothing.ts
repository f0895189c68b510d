import { Aws, CfnCondition, Fn, Token } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** The parameter's value, or no property at all where it is empty. */
export function orNothing(scope: Construct, name: string, value: string): string {
  const isGiven = new CfnCondition(scope, `Has${name}`, { expression: Fn.conditionNot(Fn.conditionEquals(value, '')) });
  return Token.asString(Fn.conditionIf(isGiven.logicalId, value, Aws.NO_VALUE));
}
