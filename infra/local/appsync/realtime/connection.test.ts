import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
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
  type Mutation { create(id: ID!, name: String): Product }
  type Subscription { onCreate(id: ID): Product @aws_subscribe(mutations: ["create"]) }
  type Product { id: ID!, name: String }
`;
const code = `export function request(ctx) { return { payload: ctx.args } }
  export function response(ctx) { return ctx.result }`;

const services = fakeServices();
let running: RunningServices;
let apiId: string;
/** Milliseconds by which the clock is ahead. */
let ahead = 0;
/** What the authorizer waits for before it answers for a token. */
const held = new Map<string, Promise<void>>();
const sockets: WebSocket[] = [];

beforeAll(async () => {
  // Keep-alives are sent when the test says so; everything else goes on in its own time.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  let appsync: LocalService | undefined;
  running = await startServices((environment, state) => {
    appsync = createAppsync({
      state,
      environment,
      identity: trustingIdentity,
      clock: { now: () => Date.now() + ahead },
      ...services.dependencies,
    });
    return [appsync];
  });
  if (!appsync) throw new Error('AppSync was not built');
  ({ apiId } = await deployApi(appsync, { schema, resolvers: { 'Mutation.create': code } }));
  services.onInvoke(authorizerArn, async (event) => {
    const token = String((event as JsonObject)['authorizationToken']);
    await held.get(token);
    return { failed: false, payload: { isAuthorized: !token.startsWith('refused') } };
  });
});
beforeEach(() => {
  ahead = 0;
});
afterEach(() => {
  held.clear();
  sockets.splice(0).forEach((socket) => socket.terminate());
});
afterAll(async () => {
  await running.stop();
  vi.useRealTimers();
  expect(running.faults).toEqual([]);
});

const authorization = (token = 'token') => ({ Authorization: token, host: 'localhost' });

async function connect(): Promise<RealtimeClient> {
  const header = Buffer.from(JSON.stringify(authorization())).toString('base64url');
  const url = `${running.endpoint.replace('http', 'ws')}/graphql/${apiId}/realtime`;
  const socket = new WebSocket(url, ['graphql-ws', `header-${header}`]);
  sockets.push(socket);
  const client = new RealtimeClient(socket);
  await new Promise((resolve, reject) => {
    socket.once('open', resolve);
    socket.once('error', reject);
  });
  client.send({ type: 'connection_init' });
  expect(await client.next()).toMatchObject({ type: 'connection_ack' });
  await client.until(() => client.keepAlives === 1);
  return client;
}

async function create(id: string, name: string): Promise<void> {
  const query = 'mutation($id: ID!, $name: String) { create(id: $id, name: $name) { id name } }';
  const response = await fetch(`${running.endpoint}/graphql/${apiId}`, {
    method: 'POST',
    headers: { authorization: 'token' },
    body: JSON.stringify({ query, variables: { id, name } }),
  });
  expect(await response.json()).toMatchObject({ data: { create: { id } } });
}

describe('a connection', () => {
  it('is kept alive every minute, and ends after a day', async () => {
    const early = await connect();
    await vi.advanceTimersByTimeAsync(60_000);
    await early.until(() => early.keepAlives === 2);

    ahead = 23 * 3_600_000;
    const late = await connect();
    await vi.advanceTimersByTimeAsync(60_000);
    await late.until(() => late.keepAlives === 2);
    expect(early.closed).toBe(false);

    ahead = 24 * 3_600_000;
    await vi.advanceTimersByTimeAsync(60_000);
    await early.until(() => early.closed);
    await late.until(() => late.keepAlives === 3);
    expect(late.closed).toBe(false);
  });

  it('is sent payloads of 240 KB at most; a larger one is told in the log', async () => {
    const client = await connect();
    await client.start('1', 'subscription { onCreate { id name } }', authorization());
    const around = Buffer.byteLength(JSON.stringify({ data: { onCreate: { id: 'x', name: '' } } }));
    const most = 'x'.repeat(240 * 1024 - around);
    await create('y', `${most}x`);
    await create('x', most);
    expect(await client.next()).toEqual({
      id: '1',
      type: 'data',
      payload: { data: { onCreate: { id: 'x', name: most } } },
    });
    expect(services.logLines.filter((line) => line.includes('more than 245760 bytes'))).toHaveLength(1);
    expect(client.frames).toEqual([]);
  });
});

describe('a start that was stopped before it was answered', () => {
  /** Has the authorizer wait over a token. */
  function hold(token: string): () => void {
    let release = (): void => undefined;
    held.set(token, new Promise((resolve) => (release = resolve)));
    return release;
  }
  const begin = (client: RealtimeClient, token: string, selection: string): void => {
    const data = JSON.stringify({ query: `subscription { onCreate { ${selection} } }` });
    client.send({ id: '1', type: 'start', payload: { data, extensions: { authorization: authorization(token) } } });
  };
  const stop = async (client: RealtimeClient): Promise<void> => {
    client.send({ id: '1', type: 'stop' });
    expect(await client.next()).toEqual({ id: '1', type: 'complete' });
  };
  /** Whatever was sent before it has been received once this has an answer. */
  const expectSilence = async (client: RealtimeClient): Promise<void> => {
    const refused = await client.start('silence', 'subscription { nope }', authorization());
    expect(refused).toMatchObject({ id: 'silence', type: 'error' });
  };

  it.each(['first', 'refused-first'])('takes nothing from the next of its id: %s', async (token) => {
    const client = await connect();
    const [releaseFirst, releaseSecond] = [hold(token), hold(`second-after-${token}`)];
    begin(client, token, 'id');
    await stop(client);
    begin(client, `second-after-${token}`, 'id name');
    await expectSilence(client);
    releaseFirst();
    await expectSilence(client);
    releaseSecond();
    expect(await client.next()).toEqual({ id: '1', type: 'start_ack' });
    await create('a', 'n');
    expect(await client.next()).toMatchObject({ id: '1', payload: { data: { onCreate: { id: 'a', name: 'n' } } } });
    await stop(client);
    await create('b', 'n');
    await expectSilence(client);
  });

  it('is sent nothing', async () => {
    const client = await connect();
    const release = hold('alone');
    begin(client, 'alone', 'id');
    await stop(client);
    release();
    await create('a', 'n');
    await expectSilence(client);
  });
});
