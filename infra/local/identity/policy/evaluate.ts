import type { CompiledStatement } from './compile.ts';
import type { RequestContext } from './request-context.ts';

/** The policies that a principal of a role is held to; a kind that does not apply is undefined. */
export interface PolicySet {
  readonly identity: readonly CompiledStatement[];
  readonly boundary: readonly CompiledStatement[] | undefined;
  readonly session: readonly CompiledStatement[] | undefined;
}

/** Why not; undefined where allowed. The words are AWS's. */
export type Refusal = `with an explicit deny in ${string}` | `because no ${string}`;

const kinds = [
  ['identity', 'an identity-based policy', 'identity-based policy'],
  ['boundary', 'a permissions boundary', 'permissions boundary'],
  ['session', 'a session policy', 'session policy'],
] as const;

/**
 * An explicit deny anywhere wins; then each kind of policy that applies must allow.
 * Source: IAM user guide, "How AWS enforcement code logic evaluates requests", and "Troubleshoot access denied error messages".
 */
export function evaluate(
  policies: PolicySet,
  action: string,
  resource: string,
  context: RequestContext,
): Refusal | undefined {
  const applies = (statement: CompiledStatement, effect: 'Allow' | 'Deny'): boolean =>
    statement.effect === effect &&
    statement.coversAction(action) &&
    statement.coversResource(resource, context) &&
    statement.holds(context);

  for (const [kind, name] of kinds) {
    if (policies[kind]?.some((statement) => applies(statement, 'Deny'))) return `with an explicit deny in ${name}`;
  }
  for (const [kind, , name] of kinds) {
    const statements = policies[kind];
    if (statements && !statements.some((statement) => applies(statement, 'Allow'))) {
      return `because no ${name} allows the ${action} action`;
    }
  }
  return undefined;
}
