import { generateKeyPairSync, randomBytes } from 'node:crypto';
import {
  CognitoIdentityProviderClient,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  type CreateUserPoolClientCommandInput,
  type CreateUserPoolCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import type {
  Collection,
  Environment,
  Functions,
  InvocationResult,
  Json,
  JsonObject,
  Principal,
  ServicePrincipal,
  State,
} from '../../service.ts';
import { startServices, type RunningServices } from '../../testing/start-services.ts';
import { createCognito } from '../index.ts';

export interface SentMail {
  readonly from?: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

export interface Invocation {
  readonly caller: Principal | ServicePrincipal;
  readonly functionArn: string;
  readonly payload: Json;
}

export interface CognitoUnderTest {
  readonly services: RunningServices;
  readonly sdk: CognitoIdentityProviderClient;
  readonly mails: SentMail[];
  readonly invocations: Invocation[];
  /** What a trigger function does; it answers the event as it came until a test says otherwise. */
  onInvoke: (payload: JsonObject) => InvocationResult | Promise<InvocationResult>;
  /** Time goes on by this much at once. */
  advance(milliseconds: number): void;
  now(): number;
  readonly state: State;
  readonly environment: Environment;
  stop(): Promise<void>;
}

const storedKey = (kid: string) => ({
  kid,
  pem: generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs8', format: 'pem' })
    .toString(),
});

/** State in which every pool finds the same signing keys: to make RSA keys takes longer than all the rest of a test. */
function withSharedKeys(state: State): State {
  const keys = { access: storedKey('access-key'), id: storedKey('id-key') };
  const shared = new Proxy(state.collection<typeof keys>('cognito/signing-keys'), {
    get: (target, name) => {
      if (name === 'get') return () => keys;
      const member: unknown = Reflect.get(target, name, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
  return {
    ...state,
    collection: <Value>(name: string) =>
      name === 'cognito/signing-keys'
        ? (shared as Collection<unknown> as Collection<Value>)
        : state.collection<Value>(name),
  };
}

/** The service behind the real front door, with a clock to move, an inbox and a function to stand in for triggers. */
export async function startCognito(): Promise<CognitoUnderTest> {
  const mails: SentMail[] = [];
  const invocations: Invocation[] = [];
  let ahead = 0;
  let place: { environment: Environment; state: State } | undefined;
  const clock = { now: () => Date.now() + ahead };
  const echo = (payload: JsonObject): InvocationResult => ({ payload, failed: false });
  const functions: Functions = {
    async invoke(caller, functionArn, payload) {
      invocations.push({ caller, functionArn, payload });
      return under.onInvoke(payload as JsonObject);
    },
    invokeLater: () => Promise.reject(new Error('Triggers are waited for')),
  };
  const mail = {
    send: async (message: SentMail) => void mails.unshift(message),
  };
  const logs = { write: () => undefined };

  const services = await startServices((environment, memory) => {
    const state = withSharedKeys(memory);
    place = { environment, state };
    return [createCognito({ state, environment, clock, functions, mail, logs, randomBytes })];
  });
  if (!place) throw new Error('The services were not built');
  const sdk = new CognitoIdentityProviderClient({
    endpoint: services.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  });
  const under: CognitoUnderTest = {
    services,
    sdk,
    mails,
    invocations,
    onInvoke: echo,
    advance: (milliseconds) => {
      ahead += milliseconds;
    },
    now: clock.now,
    ...place,
    async stop() {
      sdk.destroy();
      await services.stop();
    },
  };
  return under;
}

/** A pool as a SaaS has it: e-mail addresses as usernames, administrators make the users. */
export async function givenPool(
  { sdk }: Pick<CognitoUnderTest, 'sdk'>,
  pool: Partial<CreateUserPoolCommandInput> = {},
  client: Partial<CreateUserPoolClientCommandInput> = {},
): Promise<{ poolId: string; clientId: string }> {
  const { UserPool } = await sdk.send(
    new CreateUserPoolCommand({
      PoolName: 'shop',
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
      AutoVerifiedAttributes: ['email'],
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      Schema: [
        { Name: 'email', Required: true, Mutable: true },
        {
          Name: 'tenantId',
          AttributeDataType: 'String',
          Mutable: false,
          StringAttributeConstraints: { MinLength: '1', MaxLength: '40' },
        },
        { Name: 'role', AttributeDataType: 'String', Mutable: true },
      ],
      ...pool,
    }),
  );
  const poolId = UserPool?.Id ?? '';
  const { UserPoolClient } = await sdk.send(
    new CreateUserPoolClientCommand({
      UserPoolId: poolId,
      ClientName: 'app',
      ExplicitAuthFlows: [
        'ALLOW_USER_SRP_AUTH',
        'ALLOW_USER_PASSWORD_AUTH',
        'ALLOW_REFRESH_TOKEN_AUTH',
        'ALLOW_ADMIN_USER_PASSWORD_AUTH',
      ],
      PreventUserExistenceErrors: 'ENABLED',
      ReadAttributes: ['email', 'email_verified', 'name', 'custom:tenantId'],
      WriteAttributes: ['email', 'name'],
      ...client,
    }),
  );
  return { poolId, clientId: UserPoolClient?.ClientId ?? '' };
}
