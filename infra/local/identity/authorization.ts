import { AwsError } from '../errors.ts';
import type { Clock, ConditionContext, Environment, JsonObject, Principal } from '../service.ts';
import type { Role } from './model.ts';
import { compileDocument, type CompiledStatement } from './policy/compile.ts';
import { evaluate, type PolicySet, type Refusal } from './policy/evaluate.ts';
import { globalContext } from './policy/global-context.ts';
import { requestContext } from './policy/request-context.ts';
import type { IdentityStore } from './store.ts';

export interface Authorization {
  /** Throws AwsError AccessDeniedException unless allowed. */
  authorize(principal: Principal, action: string, resource: string, context?: ConditionContext): void;
  /** Why the principal's own policies refuse; undefined where they allow. */
  refusal(principal: Principal, action: string, resource: string, context?: ConditionContext): Refusal | undefined;
}

/** The statements of one version of a role, by the action that they cover. */
type RolePolicies = Map<string, Pick<PolicySet, 'identity' | 'boundary'>>;

export function createAuthorization(store: IdentityStore, environment: Environment, clock: Clock): Authorization {
  // A role's document is replaced when it changes, and so is a managed policy's: both are what the entries hang on.
  const byRole = new WeakMap<Role, { readonly documents: readonly object[]; readonly policies: RolePolicies }>();

  const policiesOf = (role: Role, action: string): Pick<PolicySet, 'identity' | 'boundary'> => {
    const managed = role.attached.flatMap((arn) => {
      const document = store.managedDocument(arn);
      return document ? [document] : [];
    });
    const boundary = role.permissionsBoundary === undefined ? [] : [boundaryDocument(store, role.permissionsBoundary)];
    const documents = [...managed, ...boundary];
    let entry = byRole.get(role);
    if (!entry || !sameMembers(entry.documents, documents)) {
      entry = { documents, policies: new Map() };
      byRole.set(role, entry);
    }
    const known = entry.policies.get(action);
    if (known) return known;
    const covering = (statement: CompiledStatement): boolean => statement.coversAction(action);
    const compiled = {
      identity: [...Object.values(role.inline), ...managed]
        .flatMap((document) => compileDocument(document))
        .filter(covering),
      boundary:
        boundary.length > 0 ? boundary.flatMap((document) => compileDocument(document)).filter(covering) : undefined,
    };
    entry.policies.set(action, compiled);
    return compiled;
  };

  const refusal: Authorization['refusal'] = (principal, action, resource, context) => {
    if (principal.roleArn === undefined) return undefined;
    const role = store.roleByArn(principal.roleArn);
    // A deleted role allows nothing, however long its sessions still run.
    const policies = role ? policiesOf(role, action) : { identity: [], boundary: undefined };
    const session = principal.sessionPolicy ? compileDocument(principal.sessionPolicy) : undefined;
    const request = requestContext(
      () => context,
      () => globalContext(environment, clock, principal, { ...role?.tags, ...principal.sessionTags }),
    );
    return evaluate({ ...policies, session }, action, resource, request);
  };

  return {
    refusal,
    authorize(principal, action, resource, context) {
      const reason = refusal(principal, action, resource, context);
      if (reason === undefined) return;
      throw new AwsError(
        'AccessDeniedException',
        `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resource} ${reason}`,
        403,
      );
    },
  };
}

/** A boundary that is gone bounds to nothing. */
function boundaryDocument(store: IdentityStore, arn: string): JsonObject {
  return store.managedDocument(arn) ?? nothing;
}

const nothing: JsonObject = { Version: '2012-10-17', Statement: [] };

function sameMembers(left: readonly object[], right: readonly object[]): boolean {
  return left.length === right.length && left.every((member, index) => member === right[index]);
}
