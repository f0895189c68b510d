import type { Clock, ConditionContext, Environment, Principal } from '../../service.ts';

/**
 * The keys that every request has.
 * Source: IAM user guide, "AWS global condition context keys".
 */
export function globalContext(
  environment: Environment,
  clock: Clock,
  caller: Pick<Principal, 'arn' | 'accountId' | 'roleArn' | 'userId'> | undefined,
  tags: Readonly<Record<string, string>>,
): ConditionContext {
  const now = clock.now();
  const request: ConditionContext = {
    'aws:CurrentTime': new Date(now).toISOString(),
    'aws:EpochTime': String(Math.floor(now / 1000)),
    'aws:RequestedRegion': environment.region,
    'aws:ResourceAccount': environment.accountId,
    // The front door takes calls from this machine only: they never cross a network.
    'aws:SecureTransport': 'true',
    'aws:SourceIp': '127.0.0.1',
    'aws:ViaAWSService': 'false',
    'aws:PrincipalIsAWSService': caller ? 'false' : 'true',
  };
  if (!caller) return request;
  return {
    ...request,
    'aws:PrincipalArn': caller.roleArn ?? caller.arn,
    'aws:PrincipalAccount': caller.accountId,
    'aws:PrincipalType': caller.roleArn === undefined ? 'Account' : 'AssumedRole',
    'aws:userid': caller.userId,
    ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, value])),
  };
}
