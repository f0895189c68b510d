import { createHash } from 'node:crypto';

/** A name as CloudFormation makes one, the same each time for the same token. */
export function generatedName(scope: { stackName: string; logicalId: string; token: string }, longest = 64): string {
  const suffix = createHash('sha256').update(scope.token).digest('hex').slice(0, 12).toUpperCase();
  const readable = `${scope.stackName}-${scope.logicalId}`.replace(/[^\w-]/g, '-');
  return `${readable.slice(0, longest - suffix.length - 1)}-${suffix}`;
}
