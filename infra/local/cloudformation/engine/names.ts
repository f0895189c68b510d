import { AwsError } from '../../errors.ts';

/** Names of stacks and change sets: none can be a path or reach a shell. Source: CloudFormation API Reference, CreateStack. */
export function requireName(member: 'stackName' | 'changeSetName', value: string): void {
  const broken = !/^[a-zA-Z][-a-zA-Z0-9]*$/.test(value)
    ? 'Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*'
    : value.length > 128
    ? 'Member must have length less than or equal to 128'
    : undefined;
  if (broken === undefined) return;
  throw new AwsError(
    'ValidationError',
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${broken}`,
  );
}
