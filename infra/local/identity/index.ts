import { queryProtocol } from '../front-door/protocols/query.ts';
import type { Clock, Environment, Identity, LocalService, Logs, RoleChain, State } from '../service.ts';
import { createAssumeRole } from './assume-role.ts';
import { createAuthenticate } from './authenticate.ts';
import { createAuthorization } from './authorization.ts';
import { iamOperations } from './operations/iam.ts';
import { stsOperations } from './operations/sts.ts';
import { managedPolicyProvider } from './providers/managed-policy.ts';
import { policyProvider } from './providers/policy.ts';
import { roleProvider } from './providers/role.ts';
import { createSessions } from './sessions.ts';
import { createIdentityStore } from './store.ts';

export interface IdentityDependencies {
  readonly state: State;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly logs: Logs;
}

/** IAM and STS: who calls, and what they may do. */
export function createIdentity({
  state,
  environment,
  clock,
  logs,
}: IdentityDependencies): LocalService & Identity & RoleChain {
  const store = createIdentityStore(state, environment, clock);
  const sessions = createSessions(state, clock);
  const authorization = createAuthorization(store, environment, clock, ({ decision, ...asked }) => {
    logs.write('/aws/iam/refusals', 'refusals', [JSON.stringify({ ...asked, ...decision })]);
  });
  const assumeRole = createAssumeRole(store, authorization, environment, clock);
  return {
    name: 'identity',
    apis: [
      queryProtocol({
        signingName: 'sts',
        version: '2011-06-15',
        namespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
        operations: stsOperations({ store, sessions, assumeRole }),
      }),
      queryProtocol({
        signingName: 'iam',
        version: '2010-05-08',
        namespace: 'https://iam.amazonaws.com/doc/2010-05-08/',
        operations: iamOperations(store, authorization, environment),
      }),
    ],
    providers: [roleProvider(store), policyProvider(store), managedPolicyProvider(store)],
    start: () => sessions.ready(),
    authenticate: createAuthenticate(sessions, environment, clock),
    authorize: (principal, action, resource, context) => authorization.authorize(principal, action, resource, context),
    assumeServiceRole: (roleArn, trusted, sessionName) => assumeRole.forService(roleArn, trusted, sessionName),
    assumeRole: (caller, roleArn, sessionName) => assumeRole.forPrincipal(caller, { roleArn, sessionName }),
    issueCredentials: (principal, lifetime) => sessions.issue(principal, lifetime),
  };
}
