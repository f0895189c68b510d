import { jsonProtocol } from '../front-door/protocols/json.ts';
import type { ApiService, Clock, Environment, Functions, LocalService, Logs, Mail, State } from '../service.ts';
import type { Cognito } from './context.ts';
import { adminOperations, publicOperations } from './operations/index.ts';
import { createPoolStore } from './pools/pool-store.ts';
import { userPoolClientProvider } from './providers/user-pool-client.ts';
import { userPoolGroupProvider } from './providers/user-pool-group.ts';
import { userPoolUserProvider } from './providers/user-pool-user.ts';
import { userPoolProvider } from './providers/user-pool.ts';
import { wellKnownRoute } from './routes.ts';
import { createSecrets } from './secrets.ts';
import { createAttempts } from './sign-in/attempts.ts';
import { createSessions } from './sign-in/sessions.ts';
import { uuidOf } from './sign-in/unknown-user.ts';
import { createSignInStore } from './tokens/sign-in-store.ts';
import { createSigningKeys } from './tokens/signing-keys.ts';
import { createTriggers } from './triggers.ts';
import { createMessages } from './users/messages.ts';
import type { RandomBytes } from './users/passwords.ts';
import { createUserStore } from './users/user-store.ts';

export interface CognitoDependencies {
  readonly state: State;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly functions: Functions;
  readonly mail: Mail;
  readonly logs: Logs;
  /** `crypto.randomBytes` */
  readonly randomBytes: RandomBytes;
}

/** Amazon Cognito user pools. The state must be loaded: users are indexed here. */
export function createCognito(dependencies: CognitoDependencies): LocalService {
  const parts = assemble(dependencies);
  return {
    name: 'cognito',
    apis: [readableByBrowsers(api(parts))],
    routes: [wellKnownRoute(parts)],
    providers: [userPoolProvider, userPoolClientProvider, userPoolGroupProvider, userPoolUserProvider].map((make) =>
      make(parts),
    ),
    start: async () => {
      await parts.secrets.ready;
      for (const pool of parts.pools.pools()) parts.signingKeys.prepare(pool.id);
    },
  };
}

function assemble({ state, environment, clock, functions, mail, logs, randomBytes }: CognitoDependencies): Cognito {
  const now = () => clock.now();
  const newId = () => uuidOf(randomBytes(16));
  const secrets = createSecrets(state, randomBytes);
  const pools = createPoolStore(state);
  const triggers = createTriggers(environment, functions, logs);
  return {
    environment,
    clock,
    randomBytes,
    newId,
    secrets,
    pools,
    users: createUserStore(state, pools.findPool, now),
    signIns: createSignInStore(state, randomBytes, newId, now),
    sessions: createSessions(state, secrets, randomBytes, now),
    attempts: createAttempts(now),
    signingKeys: createSigningKeys(state, randomBytes),
    triggers,
    messages: createMessages(mail, triggers),
  };
}

function api(parts: Cognito): ApiService {
  const open = publicOperations(parts);
  return jsonProtocol({
    signingName: 'cognito-idp',
    targetPrefix: 'AWSCognitoIdentityProviderService',
    version: '1.1',
    operations: { ...open, ...adminOperations(parts) },
    unsigned: new Set(Object.keys(open)),
  });
}

/** Lets pages of any origin read the headers in which AWS names a request and an error. */
function readableByBrowsers(inner: ApiService): ApiService {
  const headers = { 'access-control-expose-headers': 'x-amzn-requestid,x-amzn-errortype,x-amzn-errormessage,date' };
  return {
    ...inner,
    async handle(request) {
      const answer = await inner.handle(request);
      return { ...answer, headers: { ...answer.headers, ...headers } };
    },
  };
}
