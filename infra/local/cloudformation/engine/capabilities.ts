import { AwsError } from '../../errors.ts';
import type { Program } from '../template/program.ts';

const named: Readonly<Record<string, string>> = {
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::User': 'UserName',
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
};
const unnamed = new Set(['AWS::IAM::Policy', 'AWS::IAM::AccessKey', 'AWS::IAM::UserToGroupAddition']);

/** A stack that makes IAM resources says so. Source: CloudFormation API Reference, CreateStack, "Capabilities". */
export function requireCapabilities(program: Program, given: readonly string[]): void {
  const resources = [...program.resources.values()];
  const needsNamed = resources.some(
    ({ type, properties }) => named[type] !== undefined && properties[named[type]] !== undefined,
  );
  const needsAny = resources.some(({ type }) => named[type] !== undefined || unnamed.has(type));
  const satisfied = given.includes('CAPABILITY_NAMED_IAM') || (!needsNamed && given.includes('CAPABILITY_IAM'));
  if (!needsAny || satisfied) return;
  throw new AwsError(
    'InsufficientCapabilitiesException',
    `Requires capabilities : [${needsNamed ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM'}]`,
  );
}
