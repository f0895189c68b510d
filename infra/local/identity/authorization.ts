import { AwsError } from '../errors.ts';
import type { CallContext, Clock, Environment, JsonObject, Principal } from '../service.ts';
import type { Role } from './model.ts';
import { compileDocument, type CompiledStatement } from './policy/compile.ts';
import { evaluate, type PolicySet, type Refusal } from './policy/evaluate.ts';
import { type Decision, explain, type NamedPolicy } from './policy/explain.ts';
import { globalContext } from './policy/global-context.ts';
import { requestContext } from './policy/request-context.ts';
import type { IdentityStore } from './store.ts';

export interface Authorization {
  /** Throws AwsError AccessDeniedException unless allowed. */
  authorize(principal: Principal, action: string, resource: string, context?: CallContext): void;
  /** Why the principal's own policies refuse; undefined where they allow. */
  refusal(principal: Principal, action: string, resource: string, context?: CallContext): Refusal | undefined;
  /** Which statements of the role's policies, and of its session's, decide. */
  explain(principal: RolePrincipal, action: string, resource: string, context?: CallContext): Decision;
}

export type RolePrincipal = Principal & { readonly roleArn: string };

/** Is told of each request that is refused, and what decided it. */
export type OnRefusal = (refused: {
  readonly principal: string;
  readonly action: string;
  readonly resource: string;
  readonly decision: Decision;
}) => void;

/** The statements of one version of a role, by the action that they cover. */
type RolePolicies = Map<string, Pick<PolicySet, 'identity' | 'boundary'>>;

export function createAuthorization(
  store: IdentityStore,
  environment: Environment,
  clock: Clock,
  onRefusal: OnRefusal,
): Authorization {
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
    return evaluate({ ...policies, session }, action, resource, contextOf(principal, role, context));
  };

  const contextOf = (principal: Principal, role: Role | undefined, context: CallContext | undefined) =>
    requestContext(
      () => (typeof context === 'function' ? context() : context),
      () => globalContext(environment, clock, principal, { ...role?.tags, ...principal.sessionTags }),
    );

  const explainFor: Authorization['explain'] = (principal, action, resource, context) => {
    const role = store.roleByArn(principal.roleArn);
    const policies = role ? namedPolicies(store, role) : [];
    const session: NamedPolicy[] = principal.sessionPolicy
      ? [{ kind: 'session', name: 'the session’s policy', document: principal.sessionPolicy }]
      : [];
    return explain([...policies, ...session], action, resource, contextOf(principal, role, context));
  };

  return {
    refusal,
    explain: explainFor,
    authorize(principal, action, resource, context) {
      const reason = refusal(principal, action, resource, context);
      if (reason === undefined) return;
      const { roleArn } = principal;
      if (roleArn !== undefined) {
        const decision = explainFor({ ...principal, roleArn }, action, resource, context);
        onRefusal({ principal: principal.arn, action, resource, decision });
      }
      throw new AwsError(
        'AccessDeniedException',
        `User: ${principal.arn} is not authorized to perform: ${action} on resource: ${resource} ${reason}`,
        403,
      );
    },
  };
}

/** Named as IAM's simulator names them: a managed policy by its name, an inline one with its role's before it. */
function namedPolicies(store: IdentityStore, role: Role): NamedPolicy[] {
  const nameOf = (arn: string): string => arn.slice(arn.lastIndexOf('/') + 1);
  const inline = Object.entries(role.inline).map(([name, document]): NamedPolicy => {
    return { kind: 'identity', name: `role_${role.name}_${name}`, document };
  });
  const managed = role.attached.flatMap((arn): NamedPolicy[] => {
    const document = store.managedDocument(arn);
    return document ? [{ kind: 'identity', name: nameOf(arn), document }] : [];
  });
  const { permissionsBoundary: arn } = role;
  const boundary: NamedPolicy[] =
    arn === undefined ? [] : [{ kind: 'boundary', name: nameOf(arn), document: boundaryDocument(store, arn) }];
  return [...inline, ...managed, ...boundary];
}

/** A boundary that is gone bounds to nothing. */
function boundaryDocument(store: IdentityStore, arn: string): JsonObject {
  return store.managedDocument(arn) ?? nothing;
}

const nothing: JsonObject = { Version: '2012-10-17', Statement: [] };

function sameMembers(left: readonly object[], right: readonly object[]): boolean {
  return left.length === right.length && left.every((member, index) => member === right[index]);
}
