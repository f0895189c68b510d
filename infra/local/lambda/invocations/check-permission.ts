import { AwsError } from '../../errors.ts';
import type { Environment, Identity, Principal, ServicePrincipal } from '../../service.ts';
import type { ResolvedFunction } from '../registry/registry.ts';
import type { PermissionStore } from './permissions.ts';

export type CheckPermission = (caller: Principal | ServicePrincipal, target: ResolvedFunction) => void;

const action = 'lambda:InvokeFunction';
/** Calls the functions of custom resources with the deploying user's rights, which are not known here. */
const customResources = 'cloudformation.amazonaws.com';

/**
 * Throws AccessDeniedException unless the caller may invoke the function: a service must be named in the function's
 * resource policy, a principal needs lambda:InvokeFunction.
 */
export function createCheckPermission(
  identity: Identity,
  permissions: PermissionStore,
  environment: Environment,
): CheckPermission {
  return (caller, { reference, arn }) => {
    if (!('service' in caller)) return identity.authorize(caller, action, arn);
    if (caller.service === customResources) return;
    const granted = permissions
      .of(reference)
      .some(
        (statement) =>
          statement.principal === caller.service &&
          ['lambda:InvokeFunction', 'lambda:*', '*'].includes(statement.action) &&
          (statement.sourceArn === undefined || isArnLike(statement.sourceArn, caller.sourceArn)) &&
          (statement.sourceAccount === undefined || statement.sourceAccount === environment.accountId),
      );
    if (granted) return;
    throw new AwsError(
      'AccessDeniedException',
      `${caller.service} on behalf of ${caller.sourceArn} is not authorized to perform: ${action} on resource: ${arn} ` +
        `because no resource-based policy allows the ${action} action`,
      403,
      { Type: 'User' },
    );
  };
}

/**
 * The condition ArnLike: each of the six parts of an ARN on its own, `*` any text in it and `?` one character.
 * Source: IAM user guide, "IAM JSON policy elements: Condition operators".
 */
export function isArnLike(pattern: string, arn: string): boolean {
  const wanted = partsOf(pattern);
  const parts = partsOf(arn);
  if (wanted.length !== 6 || parts.length !== 6) return false;
  return wanted.every((part, index) => wildcard(part).test(parts[index] ?? ''));
}

function partsOf(arn: string): string[] {
  const parts = arn.split(':');
  return parts.length <= 6 ? parts : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

function wildcard(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '[^]*').replaceAll('?', '[^]')}$`);
}
