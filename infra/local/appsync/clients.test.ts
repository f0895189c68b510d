import {
  AppSyncClient,
  EvaluateCodeCommand,
  GetIntrospectionSchemaCommand,
  ListApiKeysCommand,
  ListDataSourcesCommand,
  ListGraphqlApisCommand,
  ListResolversCommand,
} from '@aws-sdk/client-appsync';
import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { Amplify } from 'aws-amplify';
import { generateClient } from 'aws-amplify/api';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { AwsError } from '../errors.ts';
import type { Identity, LocalService } from '../service.ts';
import { startServices, type RunningServices } from '../testing/start-services.ts';
import { trustingIdentity } from '../testing/trusting-identity.ts';
import { createAppsync } from './index.ts';
import { authorizerArn, deployApi } from './testing/deploy.ts';
import { fakeServices } from './testing/fake-services.ts';

const schema = `
  type Query { product(id: ID!): Product  system: String @aws_iam  hidden: String @aws_iam }
  type Mutation { createProduct(id: ID!, name: String): Product }
  type Subscription { onCreate: Product @aws_subscribe(mutations: ["createProduct"]) }
  type Product { id: ID! name: String }
`;
const code = (expression: string) => `export function request(ctx) { return { payload: null } }
  export function response(ctx) { return ${expression} }`;

/** Allows every action but reading `hidden`. */
const identity: Identity = {
  ...trustingIdentity,
  authorize: (_principal, _action, resource) => {
    if (resource.endsWith('/fields/hidden')) throw new AwsError('AccessDeniedException', 'no', 403);
  },
};

const services = fakeServices();
let running: RunningServices;
let appsync: LocalService;
let apiId: string;

beforeAll(async () => {
  running = await startServices((environment, state) => {
    appsync = createAppsync({
      state,
      environment,
      identity,
      clock: { now: () => Date.now() },
      ...services.dependencies,
    });
    return [appsync];
  }, identity);
  services.onInvoke(authorizerArn, () => ({ failed: false, payload: { isAuthorized: true, resolverContext: {} } }));
  ({ apiId } = await deployApi(appsync, {
    schema,
    resolvers: {
      'Query.product': code(`({ id: ctx.args.id, name: 'seven' })`),
      'Query.system': code('ctx.identity.accountId'),
      'Query.hidden': code(`'never'`),
      'Mutation.createProduct': code('ctx.args'),
    },
  }));
});

afterAll(() => running.stop());

describe('aws-amplify', () => {
  it('queries, mutates and subscribes over TLS', async () => {
    const { certificateAuthority: ca } = running.environment;
    const TrustingWebSocket = class extends WebSocket {
      constructor(url: string, protocols: string[]) {
        super(url, protocols, { ca });
      }
    };
    Object.assign(globalThis, { WebSocket: TrustingWebSocket });
    Amplify.configure({
      API: {
        GraphQL: { endpoint: `${running.endpoint}/graphql/${apiId}`, region: 'us-east-1', defaultAuthMode: 'lambda' },
      },
    });
    const client = generateClient({ authMode: 'lambda', authToken: 'token' });

    const found = await client.graphql({
      query: 'query($id: ID!) { product(id: $id) { id name } }',
      variables: { id: '7' },
    });
    expect(found).toMatchObject({ data: { product: { id: '7', name: 'seven' } } });

    const events: unknown[] = [];
    const subscribed = client.graphql({ query: 'subscription { onCreate { id name } }' }) as unknown as {
      subscribe(observer: { next(event: unknown): void; error(error: unknown): void }): { unsubscribe(): void };
    };
    const received = new Promise((resolve, reject) => {
      const subscription = subscribed.subscribe({ next: (event) => resolve(void events.push(event)), error: reject });
      const publish = async (): Promise<void> => {
        while (events.length === 0) {
          await client.graphql({ query: 'mutation { createProduct(id: "8", name: "eight") { id name } }' });
          await new Promise((again) => setTimeout(again, 50));
        }
        subscription.unsubscribe();
      };
      publish().catch(reject);
    });
    await received;
    expect(events[0]).toMatchObject({ data: { onCreate: { id: '8', name: 'eight' } } });
    expect(running.faults).toEqual([]);
  });
});

describe('a request signed for AppSync', () => {
  it('may have what its policies allow', async () => {
    const { hostname, port } = new URL(running.endpoint);
    const body = JSON.stringify({ query: '{ system hidden }' });
    const path = `/graphql/${apiId}`;
    const signer = new SignatureV4({
      service: 'appsync',
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      sha256: Sha256,
    });
    const headers = { host: `${hostname}:${port}`, 'content-type': 'application/json' };
    const signed = await signer.sign({
      method: 'POST',
      protocol: 'http:',
      hostname,
      port: Number(port),
      path,
      headers,
      body,
    });
    const response = await fetch(`${running.endpoint}${path}`, { method: 'POST', headers: signed.headers, body });
    expect(await response.json()).toMatchObject({
      data: { system: '000000000000', hidden: null },
      errors: [{ errorType: 'Unauthorized', message: 'Not Authorized to access hidden on type Query' }],
    });
  });
});

describe('@aws-sdk/client-appsync', () => {
  const client = () =>
    new AppSyncClient({
      endpoint: running.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });

  it('evaluates code', async () => {
    const answer = await client().send(
      new EvaluateCodeCommand({
        runtime: { name: 'APPSYNC_JS', runtimeVersion: '1.0.0' },
        code: `import { util } from '@aws-appsync/utils'; export function request(ctx) { console.log('hi'); return util.dynamodb.toDynamoDB(ctx.args.id) } export function response(ctx) { return null }`,
        context: JSON.stringify({ arguments: { id: 'a' } }),
        function: 'request',
      }),
    );
    expect(JSON.parse(answer.evaluationResult ?? '')).toEqual({ S: 'a' });
    expect(answer.logs?.join()).toContain('hi');
  });

  it('reads what was deployed', async () => {
    const { graphqlApis = [] } = await client().send(new ListGraphqlApisCommand({}));
    expect(graphqlApis).toMatchObject([
      { apiId, authenticationType: 'AWS_LAMBDA', uris: { GRAPHQL: `${running.endpoint}/graphql/${apiId}` } },
    ]);
    expect((await client().send(new ListDataSourcesCommand({ apiId }))).dataSources).toMatchObject([
      { name: 'none', type: 'NONE' },
    ]);
    expect((await client().send(new ListResolversCommand({ apiId, typeName: 'Query' }))).resolvers).toHaveLength(3);
    expect((await client().send(new ListApiKeysCommand({ apiId }))).apiKeys).toHaveLength(1);
    const { schema: sdl } = await client().send(new GetIntrospectionSchemaCommand({ apiId, format: 'SDL' }));
    expect(Buffer.from(sdl ?? []).toString()).toBe(schema);
    await expect(client().send(new ListResolversCommand({ apiId: 'nope', typeName: 'Query' }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });
});
