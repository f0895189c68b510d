import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { JsonObject, LocalService } from '../../service.ts';
import { startServices, type RunningServices } from '../../testing/start-services.ts';
import { trustingIdentity } from '../../testing/trusting-identity.ts';
import { createAppsync } from '../index.ts';
import { authorizerArn, deployApi } from '../testing/deploy.ts';
import { fakeServices } from '../testing/fake-services.ts';
import { RealtimeClient } from '../testing/realtime-client.ts';

const schema = `
  type Query { nothing: String }
  type Mutation { create(input: ProductInput!): Product  drop(tenant: ID!): Product @aws_lambda }
  type Subscription {
    onCreate(id: ID, name: String): Product @aws_subscribe(mutations: ["create"]) @aws_lambda @aws_api_key
    onMine: Product @aws_subscribe(mutations: ["create"])
    onRefused: Product @aws_subscribe(mutations: ["create"])
  }
  input ProductInput { id: ID!, name: String, tenant: ID }
  type Product @aws_lambda @aws_api_key { id: ID!, name: String, tenant: ID, secret: String @aws_lambda }
`;
const code = (expression: string) => `
  import { util, extensions } from '@aws-appsync/utils';
  export function request(ctx) { return { payload: null } }
  export function response(ctx) { ${expression} }
`;

const services = fakeServices();
let running: RunningServices;
let appsync: LocalService;
let apiId: string;
let apiKey: string;
const sockets: WebSocket[] = [];

beforeAll(async () => {
  running = await startServices((environment, state) => {
    appsync = createAppsync({
      state,
      environment,
      identity: trustingIdentity,
      clock: { now: () => Date.now() },
      ...services.dependencies,
    });
    return [appsync];
  });
  ({ apiId, apiKey } = await deployApi(appsync, {
    schema,
    resolvers: {
      'Mutation.create': code(`return { ...ctx.args.input, secret: 's' }`),
      'Mutation.drop': code(
        `extensions.invalidateSubscriptions({ subscriptionField: 'onMine', payload: { tenant: ctx.args.tenant } }); return null`,
      ),
      'Subscription.onMine': code(`const tenant = ctx.identity.resolverContext.tenantId;
        extensions.setSubscriptionFilter(util.transform.toSubscriptionFilter({ tenant: { eq: tenant } }));
        extensions.setSubscriptionInvalidationFilter(util.transform.toSubscriptionFilter({ tenant: { eq: tenant } }));
        return null`),
      'Subscription.onRefused': code(`util.error('not you', 'Refused')`),
    },
  }));
  services.onInvoke(authorizerArn, (event) => {
    const token = String((event as JsonObject)['authorizationToken']);
    const isAuthorized = token.startsWith('tenant-');
    return {
      failed: false,
      payload: {
        isAuthorized,
        resolverContext: { tenantId: token },
        deniedFields: token === 'tenant-denied' ? ['Product.name', 'Subscription.onMine'] : [],
      },
    };
  });
});

afterEach(() => sockets.splice(0).forEach((socket) => socket.terminate()));
afterAll(() => running.stop());

const url = () => `${running.endpoint.replace('http', 'ws')}/graphql/${apiId}/realtime`;
const encode = (header: JsonObject) => Buffer.from(JSON.stringify(header)).toString('base64url');
const lambda = (token = 'tenant-1') => ({ Authorization: token, host: 'localhost' });

async function opened(socket: WebSocket): Promise<RealtimeClient> {
  const client = new RealtimeClient(socket);
  sockets.push(socket);
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  return client;
}

async function connect(header: JsonObject = lambda()): Promise<RealtimeClient> {
  const client = await opened(new WebSocket(url(), ['graphql-ws', `header-${encode(header)}`]));
  client.send({ type: 'connection_init' });
  expect(await client.next()).toEqual({ type: 'connection_ack', payload: { connectionTimeoutMs: 300_000 } });
  return client;
}

async function mutate(query: string, token = 'tenant-1'): Promise<unknown> {
  const response = await fetch(`${running.endpoint}/graphql/${apiId}`, {
    method: 'POST',
    headers: { authorization: token },
    body: JSON.stringify({ query }),
  });
  return await response.json();
}

const create = (id: string, more = '', selection = 'id name tenant') =>
  mutate(`mutation { create(input: {id: "${id}" ${more}}) { ${selection} } }`);

describe('connecting', () => {
  it.each([
    ['a subprotocol', () => new WebSocket(url(), ['graphql-ws', `header-${encode(lambda())}`])],
    [
      'a query string',
      () =>
        new WebSocket(
          `${url()}?header=${encodeURIComponent(
            Buffer.from(JSON.stringify(lambda())).toString('base64'),
          )}&payload=e30=`,
          ['graphql-ws'],
        ),
    ],
    ['HTTP headers', () => new WebSocket(url(), ['graphql-ws'], { headers: { authorization: 'tenant-1' } })],
  ])('takes the header as %s', async (_, open) => {
    const client = await opened(open());
    expect(client.socket.protocol).toBe('graphql-ws');
    client.send({ type: 'connection_init' });
    expect((await client.next())['type']).toBe('connection_ack');
  });

  it('asks the authorizer as DeepDish:Connect', async () => {
    await connect(lambda('tenant-connect'));
    const event = services.invocations.at(-1)?.payload as JsonObject;
    expect(event['requestContext']).toMatchObject({ apiId, operationName: 'DeepDish:Connect' });
  });

  it.each([
    ['a token that the authorizer refuses', { Authorization: 'other' }, 401],
    ['a wrong key', { 'x-api-key': 'da2-wrong' }, 401],
    ['nothing', {}, 401],
  ])('refuses %s', async (_, header, errorCode) => {
    const client = await opened(new WebSocket(url(), ['graphql-ws', `header-${encode(header)}`]));
    client.send({ type: 'connection_init' });
    expect(await client.next()).toMatchObject({
      type: 'connection_error',
      payload: { errors: [{ errorType: 'UnauthorizedException', errorCode }] },
    });
    await client.until(() => client.closed);
  });

  it('refuses a header that cannot be read', async () => {
    const client = await opened(new WebSocket(url(), ['graphql-ws', 'header-e30x']));
    client.send({ type: 'connection_init' });
    expect(await client.next()).toMatchObject({ type: 'connection_error', payload: { errors: [{ errorCode: 400 }] } });
  });

  it('does not upgrade elsewhere', async () => {
    await expect(opened(new WebSocket(url().replace(apiId, 'unknown'), ['graphql-ws']))).rejects.toThrow('404');
    await expect(opened(new WebSocket(url().replace('/realtime', ''), ['graphql-ws']))).rejects.toThrow('404');
  });
});

describe('a subscription', () => {
  it('is sent what the mutation selected; what it did not is null', async () => {
    const client = await connect();
    expect(await client.start('1', 'subscription { onCreate { id name tenant } }', lambda())).toEqual({
      type: 'start_ack',
      id: '1',
    });
    await mutate('mutation { made: create(input: {id: "a", name: "n", tenant: "t"}) { key: id name } }');
    expect(await client.next()).toEqual({
      id: '1',
      type: 'data',
      payload: { data: { onCreate: { id: 'a', name: 'n', tenant: null } } },
    });
    client.send({ type: 'stop', id: '1' });
    expect(await client.next()).toEqual({ type: 'complete', id: '1' });
    await create('b');
    expect((await client.start('1', 'subscription { onCreate { id } }', lambda()))['type']).toBe('start_ack');
  });

  it('is filtered by the arguments that were given; null matches null', async () => {
    const client = await connect();
    await client.start('id', 'subscription($id: ID) { onCreate(id: $id) { id } }', lambda(), { id: 'mine' });
    await client.start('null', 'subscription { onCreate(name: null) { id } }', lambda());
    await create('other', 'name: "x"');
    await create('mine', 'name: "x"');
    await create('last');
    expect([await client.next(), await client.next()]).toMatchObject([
      { id: 'id', payload: { data: { onCreate: { id: 'mine' } } } },
      { id: 'null', payload: { data: { onCreate: { id: 'last' } } } },
    ]);
  });

  it('of one tenant does not see another’s, by the filter that its resolver sets', async () => {
    const [one, two] = [await connect(lambda('tenant-1')), await connect(lambda('tenant-2'))];
    await one.start('s', 'subscription { onMine { id } }', lambda('tenant-1'));
    await two.start('s', 'subscription { onMine { id } }', lambda('tenant-2'));
    await create('for-two', 'tenant: "tenant-2"');
    await create('unselected', 'tenant: "tenant-1"', 'id');
    await create('for-one', 'tenant: "tenant-1"');
    expect(await one.next()).toMatchObject({ payload: { data: { onMine: { id: 'for-one' } } } });
    expect(await two.next()).toMatchObject({ payload: { data: { onMine: { id: 'for-two' } } } });
    expect([one.frames, two.frames]).toEqual([[], []]);
  });

  it('ends with its connection when it is invalidated', async () => {
    const [one, two] = [await connect(lambda('tenant-1')), await connect(lambda('tenant-2'))];
    await one.start('s', 'subscription { onMine { id } }', lambda('tenant-1'));
    await two.start('s', 'subscription { onMine { id } }', lambda('tenant-2'));
    await mutate('mutation { drop(tenant: "tenant-1") { id } }');
    await one.until(() => one.closed);
    expect(two.closed).toBe(false);
  });

  it('is cut to what the subscriber may see', async () => {
    const [denied, key] = [await connect(lambda('tenant-denied')), await connect({ 'x-api-key': apiKey })];
    await denied.start('1', 'subscription { onCreate { id name } }', lambda('tenant-denied'));
    await key.start('1', 'subscription { onCreate { id secret } }', { 'x-api-key': apiKey });
    await create('a', 'name: "n"', 'id name secret');
    expect(await denied.next()).toMatchObject({
      payload: { data: { onCreate: { id: 'a', name: null } }, errors: [{ errorType: 'Unauthorized' }] },
    });
    expect(await key.next()).toMatchObject({
      payload: { data: { onCreate: { id: 'a', secret: null } }, errors: [{ errorType: 'Unauthorized' }] },
    });
  });

  it.each([
    ['another token', 'subscription { onCreate { id } }', { Authorization: 'other' }, 'UnauthorizedException'],
    ['no authorization', 'subscription { onCreate { id } }', {}, 'UnauthorizedException'],
    ['a field of another mode', 'subscription { onMine { id } }', { 'x-api-key': 'KEY' }, 'Unauthorized'],
    ['a denied field', 'subscription { onMine { id } }', { Authorization: 'tenant-denied' }, 'Unauthorized'],
    ['what its resolver refuses', 'subscription { onRefused { id } }', lambda(), 'Refused'],
    ['a query', 'query { nothing }', lambda(), 'UnsupportedOperation'],
    ['what cannot be parsed', 'subscription {', lambda(), 'MalformedHttpRequestException'],
  ])('is refused with %s', async (_, query, authorization, errorType) => {
    const client = await connect();
    const header = JSON.parse(JSON.stringify(authorization).replace('KEY', apiKey)) as JsonObject;
    expect(await client.start('x', query, header)).toMatchObject({
      id: 'x',
      type: 'error',
      payload: { errors: [{ errorType }] },
    });
  });

  it('is refused with AppSync’s validation errors', async () => {
    const client = await connect();
    const answer = await client.start('x', 'subscription { onCreate { nope } }', lambda());
    expect(answer).toMatchObject({
      type: 'error',
      payload: {
        errors: [
          {
            message:
              "Validation error of type FieldUndefined: Field 'nope' in type 'Product' is undefined @ 'onCreate/nope'",
          },
        ],
      },
    });
  });

  it('has an id of its own, and there are at most 200 on a connection', async () => {
    const client = await connect();
    const query = 'subscription { onCreate { id } }';
    await client.start('1', query, lambda());
    expect(await client.start('1', query, lambda())).toMatchObject({
      id: '1',
      type: 'error',
      payload: { errors: [{ errorType: 'DuplicatedOperationError' }] },
    });
    for (let count = 2; count <= 200; count += 1)
      expect((await client.start(String(count), query, lambda()))['type']).toBe('start_ack');
    expect(await client.start('201', query, lambda())).toMatchObject({
      type: 'error',
      payload: { errors: [{ errorType: 'MaxSubscriptionsReachedError' }] },
    });
  });
});

describe('frames that are none', () => {
  it('are answered, and harm nothing', async () => {
    const client = await connect();
    const bad = [
      '',
      'x',
      '[]',
      'null',
      '7',
      '{}',
      '{"type":1}',
      '{"type":"start"}',
      '{"type":"start","id":7}',
      '{"type":"stop","id":"none"}',
      '{"type":"nope","id":"1"}',
    ];
    const payloads = [
      null,
      7,
      [],
      {},
      { data: 7 },
      { data: '{}' },
      { data: 'x', extensions: { authorization: lambda() } },
      { data: '{"query":7}', extensions: { authorization: [] } },
    ];
    for (const frame of [...bad, ...payloads.map((payload) => JSON.stringify({ type: 'start', id: 'p', payload }))]) {
      client.send(frame);
      expect((await client.next())['type']).toBe('error');
    }
    client.socket.send(Buffer.from([1, 2, 3]));
    expect((await client.next())['type']).toBe('error');
    expect((await client.start('ok', 'subscription { onCreate { id } }', lambda()))['type']).toBe('start_ack');
    expect(running.faults).toEqual([]);
  });

  it('close the connection if they are larger than any could be', async () => {
    const client = await connect();
    client.send('x'.repeat(300 * 1024));
    await client.until(() => client.closed);
    expect(running.faults).toEqual([]);
  });
});
