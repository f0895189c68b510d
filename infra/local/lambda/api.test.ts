import { randomBytes } from 'node:crypto';
import {
  AddPermissionCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  GetPolicyCommand,
  InvokeCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  ListFunctionsCommand,
  RemovePermissionCommand,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';
import { strToU8, zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { LocalService } from '../service.ts';
import { startServices, type RunningServices } from '../testing/start-services.ts';
import { trustingIdentity } from '../testing/trusting-identity.ts';
import { createLambda } from './index.ts';
import { role } from './testing/given-lambda.ts';

let cloud: RunningServices;
let client: LambdaClient;
const logged: string[] = [];

/** Stands in for a service that answers under an AWS host name. */
const jwks: LocalService = {
  name: 'jwks',
  routes: [
    {
      prefix: '/pool/.well-known/jwks.json',
      handle: (request, response) => void response.end(JSON.stringify({ host: request.headers.host })),
    },
  ],
};

beforeAll(async () => {
  cloud = await startServices((environment, state) => [
    jwks,
    createLambda({
      state,
      environment,
      clock: { now: Date.now },
      identity: trustingIdentity,
      tables: { call: async () => ({}), authorize: async () => undefined, streams: { onWrite: () => () => undefined } },
      objects: { read: async () => Buffer.alloc(0), write: async () => undefined },
      logs: { write: (_group, _stream, messages) => logged.push(...messages) },
      metrics: { record: () => undefined },
      randomBytes,
    }),
  ]);
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  client = new LambdaClient({ endpoint: cloud.endpoint, region: 'us-east-1', credentials, maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  expect(cloud.faults).toEqual([]);
  await cloud.stop();
});

const zip = (code: string) => zipSync({ 'index.mjs': strToU8(code) });
const decode = (payload: Uint8Array | undefined): unknown => JSON.parse(Buffer.from(payload ?? []).toString());
const make = (FunctionName: string, code: string) =>
  client.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: 'nodejs22.x',
      Handler: 'index.handler',
      Role: role,
      Code: { ZipFile: zip(code) },
    }),
  );

test('a function from its making to its end', async () => {
  const FunctionName = 'life';
  const made = await make(FunctionName, 'export const handler = async (event) => event.n + 1;');
  expect(made).toMatchObject({ FunctionArn: 'arn:aws:lambda:us-east-1:000000000000:function:life', Timeout: 3 });
  await waitUntilFunctionActiveV2({ client, maxWaitTime: 5 }, { FunctionName });
  const invoke = () => client.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify({ n: 1 }) }));
  const first = await invoke();
  expect([first.StatusCode, first.ExecutedVersion, first.FunctionError]).toEqual([200, '$LATEST', undefined]);
  expect(decode(first.Payload)).toBe(2);

  const ZipFile = zip('export const handler = async (event) => event.n + Number(process.env.MORE ?? 10);');
  await client.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile }));
  expect(decode((await invoke()).Payload)).toBe(11);
  const Environment = { Variables: { MORE: '100' } };
  await client.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment, MemorySize: 256 }));
  expect(decode((await invoke()).Payload)).toBe(101);

  const { Configuration } = await client.send(new GetFunctionCommand({ FunctionName: made.FunctionArn }));
  expect(Configuration).toMatchObject({ Environment, MemorySize: 256, State: 'Active' });
  const { Functions } = await client.send(new ListFunctionsCommand({}));
  expect(Functions?.map((each) => each.FunctionName)).toContain(FunctionName);
  await client.send(new DeleteFunctionCommand({ FunctionName }));
  await expect(invoke()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

test('Invoke: errors, the log’s tail, events for later, dry runs', async () => {
  const FunctionName = 'invoked';
  await make(
    FunctionName,
    `export const handler = async (event, context) => {
      if (event.fail) throw new TypeError('as told'); console.log('hello', event.text); return context.clientContext ?? event; };`,
  );
  const failed = await client.send(new InvokeCommand({ FunctionName, Payload: '{"fail":true}' }));
  expect([failed.StatusCode, failed.FunctionError]).toEqual([200, 'Unhandled']);
  expect(decode(failed.Payload)).toMatchObject({ errorType: 'TypeError', errorMessage: 'as told' });

  const tail = await client.send(new InvokeCommand({ FunctionName, Payload: '{"text":"tail"}', LogType: 'Tail' }));
  const log = Buffer.from(tail.LogResult ?? '', 'base64').toString();
  expect(log).toMatch(/^START[^]*\tINFO\thello tail\n[^]*REPORT RequestId/);

  const context = Buffer.from('{"custom":{"a":1}}').toString('base64');
  const withContext = await client.send(new InvokeCommand({ FunctionName, ClientContext: context }));
  expect(decode(withContext.Payload)).toEqual({ custom: { a: 1 } });
  const list = await client.send(new InvokeCommand({ FunctionName, Payload: '[1,2]' }));
  expect(decode(list.Payload)).toEqual([1, 2]);

  const later = new InvokeCommand({ FunctionName, Payload: '{"text":"later"}', InvocationType: 'Event' });
  expect((await client.send(later)).StatusCode).toBe(202);
  await vi.waitFor(() => expect(logged.some((line) => line.endsWith('hello later'))).toBe(true), { timeout: 3000 });
  expect((await client.send(new InvokeCommand({ FunctionName, InvocationType: 'DryRun' }))).StatusCode).toBe(204);

  await expect(client.send(new InvokeCommand({ FunctionName, Payload: '{' }))).rejects.toMatchObject({
    name: 'InvalidRequestContentException',
  });
  await expect(client.send(new InvokeCommand({ FunctionName: 'nobody' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    message: 'Function not found: arn:aws:lambda:us-east-1:000000000000:function:nobody',
  });
});

test('permissions and event source mappings', async () => {
  const FunctionName = 'permitted';
  await make(FunctionName, 'export const handler = async () => 1;');
  const statement = {
    FunctionName,
    StatementId: 'one',
    Action: 'lambda:InvokeFunction',
    Principal: 'events.amazonaws.com',
  };
  const SourceArn = 'arn:aws:events:us-east-1:000000000000:rule/r';
  await client.send(new AddPermissionCommand({ ...statement, SourceArn }));
  await expect(client.send(new AddPermissionCommand(statement))).rejects.toMatchObject({
    name: 'ResourceConflictException',
  });
  const { Policy = '' } = await client.send(new GetPolicyCommand({ FunctionName }));
  expect(JSON.parse(Policy)).toMatchObject({
    Statement: [
      {
        Sid: 'one',
        Principal: { Service: 'events.amazonaws.com' },
        Condition: { ArnLike: { 'AWS:SourceArn': SourceArn } },
      },
    ],
  });
  await client.send(new RemovePermissionCommand({ FunctionName, StatementId: 'one' }));
  await expect(client.send(new GetPolicyCommand({ FunctionName }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  const { EventSourceMappings } = await client.send(new ListEventSourceMappingsCommand({ FunctionName }));
  expect(EventSourceMappings).toEqual([]);
});

test('HTTPS to AWS’s own hosts reaches the front door under their names; other hosts do not', async () => {
  const FunctionName = 'redirected';
  await make(
    FunctionName,
    `import https from 'node:https';
    import { connect } from 'node:tls';
    const url = 'https://cognito-idp.us-east-1.amazonaws.com/pool/.well-known/jwks.json';
    const get = (options) => new Promise((resolve, reject) => https.get(url, options, (response) => {
      let text = ''; response.on('data', (chunk) => text += chunk).on('end', () => resolve(JSON.parse(text))); }).on('error', reject));
    export const handler = async () => ({
      https: await get({}),
      agent: await get({ agent: new https.Agent({ keepAlive: true }) }),
      fetch: await (await fetch(url)).json(),
      other: await new Promise((resolve) => connect({ host: 'localhost', port: ${cloud.port} }).on('error', (error) => resolve(error.code))),
    });`,
  );
  const host = 'cognito-idp.us-east-1.amazonaws.com';
  const answer = await client.send(new InvokeCommand({ FunctionName }));
  const { other, ...redirected } = decode(answer.Payload) as Record<string, unknown>;
  expect(redirected).toEqual({ https: { host }, agent: { host }, fetch: { host } });
  // The local authority is trusted for AWS's hosts alone.
  expect(other).toMatch(/UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED/);
});
