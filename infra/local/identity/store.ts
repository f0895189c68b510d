import { createHash } from 'node:crypto';
import { AwsError } from '../errors.ts';
import type { Clock, Collection, Environment, JsonObject, State } from '../service.ts';
import { awsManagedPolicies } from './aws-managed-policies.ts';
import type { ManagedPolicy, Role } from './model.ts';

export interface IdentityStore {
  readonly roles: Collection<Role>;
  readonly managedPolicies: Collection<ManagedPolicy>;
  readonly clock: Clock;
  /** Throws AwsError NoSuchEntity. */
  role(name: string): Role;
  roleByArn(arn: string): Role | undefined;
  /** The document of a managed policy, the customer's or AWS's; undefined where there is none. */
  managedDocument(arn: string): JsonObject | undefined;
  /** Throws AwsError NoSuchEntity unless there is such a managed policy. */
  requireManaged(arn: string): string;
  /** `arn:aws:iam::000000000000:role/service/name` */
  arn(kind: 'role' | 'policy', path: string, name: string): string;
  /** An id as IAM's, derived from what it is for: `AROA…` for roles, `ANPA…` for policies. */
  uniqueId(prefix: 'AROA' | 'ANPA', seed: string): string;
}

export function createIdentityStore(state: State, environment: Environment, clock: Clock): IdentityStore {
  const roles = state.collection<Role>('identity/roles');
  const managedPolicies = state.collection<ManagedPolicy>('identity/managed-policies');
  const { partition, accountId } = environment;

  const managedDocument = (arn: string): JsonObject | undefined =>
    managedPolicies.get(arn)?.document ?? awsManagedPolicies.get(arn.replace(/^arn:[^:]+:/, 'arn:aws:'));

  return {
    roles,
    managedPolicies,
    clock,
    managedDocument,
    role(name) {
      const role = roles.get(name);
      if (role) return role;
      throw new AwsError('NoSuchEntity', `The role with name ${name} cannot be found.`, 404);
    },
    roleByArn(arn) {
      const role = roles.get(arn.slice(arn.lastIndexOf('/') + 1));
      return role?.arn === arn ? role : undefined;
    },
    requireManaged(arn) {
      if (managedDocument(arn)) return arn;
      throw new AwsError('NoSuchEntity', `Policy ${arn} does not exist or is not attachable.`, 404);
    },
    arn: (kind, path, name) => `arn:${partition}:iam::${accountId}:${kind}${path}${name}`,
    uniqueId(prefix, seed) {
      const digest = createHash('sha256').update(seed).digest('hex').toUpperCase();
      return `${prefix}${digest.slice(0, 17)}`;
    },
  };
}
