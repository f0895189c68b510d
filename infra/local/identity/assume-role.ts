import { AwsError } from '../errors.ts';
import type { Clock, Environment, JsonObject, Principal } from '../service.ts';
import type { Authorization } from './authorization.ts';
import type { Role } from './model.ts';
import { compileDocument } from './policy/compile.ts';
import { evaluateTrust } from './policy/evaluate-trust.ts';
import { globalContext } from './policy/global-context.ts';
import { requestContext } from './policy/request-context.ts';
import type { IdentityStore } from './store.ts';

export interface SessionRequest {
  readonly roleArn: string;
  readonly sessionName: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly transitiveTags?: readonly string[];
  readonly policy?: JsonObject;
  readonly externalId?: string;
}

export interface AssumeRole {
  forService(roleArn: string, service: string, sessionName: string): Principal;
  forPrincipal(caller: Principal, request: SessionRequest): Principal;
}

export function createAssumeRole(
  store: IdentityStore,
  authorization: Authorization,
  environment: Environment,
  clock: Clock,
): AssumeRole {
  return {
    forService(roleArn, service, sessionName) {
      const role = store.roleByArn(roleArn);
      if (!role) throw new AwsError('NoSuchEntity', `The role ${roleArn} cannot be found.`, 404);
      const context = requestContext(
        () => ({ 'aws:SourceAccount': environment.accountId }),
        () => globalContext(environment, clock, undefined, {}),
      );
      const statements = compileDocument(role.trustPolicy, 'trust');
      if (evaluateTrust(statements, 'sts:AssumeRole', { service }, context) === 'none') {
        throw new AwsError(
          'AccessDenied',
          `${service} is not authorized to perform: sts:AssumeRole on resource: ${roleArn}: ` +
            "the role's trust policy does not allow it",
          403,
        );
      }
      return sessionOf(role, sessionName, environment);
    },

    forPrincipal(caller, request) {
      const role = store.roleByArn(request.roleArn);
      const tags = request.tags ?? {};
      const inherited = inheritedTags(caller);
      const transitive = [...new Set([...Object.keys(inherited), ...(request.transitiveTags ?? [])])];
      requireTransitiveTags(tags, inherited, transitive);
      const keys = {
        'sts:RoleSessionName': request.sessionName,
        ...(request.externalId === undefined ? {} : { 'sts:ExternalId': request.externalId }),
        ...Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:RequestTag/${key}`, value])),
        ...(Object.keys(tags).length > 0 ? { 'aws:TagKeys': Object.keys(tags) } : {}),
        ...(transitive.length > 0 ? { 'sts:TransitiveTagKeys': transitive } : {}),
      };
      const context = requestContext(
        () => keys,
        () => globalContext(environment, clock, caller, { ...callerTags(store, caller), ...caller.sessionTags }),
      );
      const actions = Object.keys(tags).length > 0 ? ['sts:AssumeRole', 'sts:TagSession'] : ['sts:AssumeRole'];
      for (const action of actions) {
        const trust = role
          ? evaluateTrust(compileDocument(role.trustPolicy, 'trust'), action, caller, context)
          : 'none';
        // AWS does not say whether there is such a role.
        if (!role || trust === 'none') throw notAuthorized(caller, action, request.roleArn);
        const refusal = authorization.refusal(caller, action, request.roleArn, keys);
        // Named itself, the caller needs no policy of its own; but a deny of its own still holds.
        const denied = trust === 'account' ? refusal !== undefined : refusal?.startsWith('with an explicit deny');
        if (denied) throw notAuthorized(caller, action, request.roleArn, refusal);
      }
      return {
        ...sessionOf(role as Role, request.sessionName, environment),
        ...(Object.keys(tags).length + transitive.length > 0 ? { sessionTags: { ...tags, ...inherited } } : {}),
        ...(transitive.length > 0 ? { transitiveTags: transitive } : {}),
        ...(request.policy ? { sessionPolicy: request.policy } : {}),
      };
    },
  };
}

function inheritedTags({ sessionTags = {}, transitiveTags = [] }: Principal): Readonly<Record<string, string>> {
  return Object.fromEntries(transitiveTags.map((key) => [key, sessionTags[key] ?? '']));
}

/** Source: IAM user guide, "Pass session tags in AWS STS", "Chaining roles with session tags". */
function requireTransitiveTags(
  tags: Readonly<Record<string, string>>,
  inherited: Readonly<Record<string, string>>,
  transitive: readonly string[],
): void {
  const replaced = Object.keys(tags).filter((key) => Object.hasOwn(inherited, key));
  if (replaced.length > 0) {
    throw new AwsError(
      'InvalidParameterValue',
      `The session tags ${replaced.join(', ')} are transitive tags of the calling session and cannot be set again`,
    );
  }
  const unknown = transitive.filter((key) => !Object.hasOwn(tags, key) && !Object.hasOwn(inherited, key));
  if (unknown.length > 0) {
    throw new AwsError('InvalidParameterValue', `TransitiveTagKeys has ${unknown.join(', ')}: expected keys of Tags`);
  }
}

function callerTags(store: IdentityStore, caller: Principal): Readonly<Record<string, string>> {
  return (caller.roleArn === undefined ? undefined : store.roleByArn(caller.roleArn)?.tags) ?? {};
}

function sessionOf(role: Role, sessionName: string, { partition, accountId }: Environment): Principal {
  return {
    accountId,
    arn: `arn:${partition}:sts::${accountId}:assumed-role/${role.name}/${sessionName}`,
    userId: `${role.id}:${sessionName}`,
    roleArn: role.arn,
  };
}

function notAuthorized(caller: Principal, action: string, resource: string, reason?: string): AwsError {
  return new AwsError(
    'AccessDenied',
    `User: ${caller.arn} is not authorized to perform: ${action} on resource: ${resource}${reason ? ` ${reason}` : ''}`,
    403,
  );
}
