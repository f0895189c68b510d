import { Stack, Validations } from 'aws-cdk-lib';
import type { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Role } from 'aws-cdk-lib/aws-iam';

/**
 * Adds statements to a role whose resources are not all known by their full names, and says why to cdk-nag, for exactly the
 * patterns that they have.
 */
export function grant(role: Role, statements: readonly PolicyStatement[], reason: string): void {
  for (const statement of statements) role.addToPolicy(statement);
  acknowledgePatterns(
    role,
    statements.flatMap(({ resources }) => resources),
    reason,
  );
}

/** Says to cdk-nag why a role's resources are patterns. */
export function acknowledgePatterns(role: IRole, resources: readonly string[], reason: string): void {
  const patterns = new Set(resources.map((resource) => flatten(Stack.of(role).resolve(resource))));
  for (const pattern of [...patterns].filter((text) => text.includes('*')))
    Validations.of(role).acknowledge({ id: `AwsSolutions-IAM5[Resource::${pattern}]`, reason });
}

/** As cdk-nag writes a resource: `arn:<AWS::Partition>:…`, `<Bucket.Arn>/…` */
function flatten(value: unknown): string {
  if (typeof value === 'string') return value;
  const {
    'Fn::Join': join,
    'Fn::GetAtt': attribute,
    Ref: reference,
  } = value as {
    readonly 'Fn::Join'?: readonly [string, readonly unknown[]];
    readonly 'Fn::GetAtt'?: readonly [string, string];
    readonly Ref?: string;
  };
  if (join) return join[1].map(flatten).join(join[0]);
  return attribute ? `<${attribute.join('.')}>` : `<${reference}>`;
}
