import { CfnParameter } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { Construct } from 'constructs';

const parameterName = '/cotenant/control-plane/tenant-introspection';

/**
 * Whether tenants' APIs tell their schema to who asks them for it: a parameter of the control plane's stack, for the pool and all silos, which find
 * it in Parameter Store. The console's editor needs it where it asks a tenant's API.
 */
export function chooseIntrospection(scope: Construct): void {
  const chosen = new CfnParameter(scope, 'TenantIntrospection', {
    default: 'ENABLED',
    allowedValues: ['ENABLED', 'DISABLED'],
    description: "Whether tenants' APIs answer introspection, from each tenant stack's next deployment on",
  }).valueAsString;
  new StringParameter(scope, 'TenantIntrospectionValue', { parameterName, stringValue: chosen });
}

/** What was chosen, as of when the stack is deployed: `ENABLED` or `DISABLED`. */
export function findIntrospection(scope: Construct): string {
  return StringParameter.valueForStringParameter(scope, parameterName);
}
