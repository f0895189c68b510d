import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { buildSchema, parse, validate } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { schemaText } from '../layer/testing/schema-text.ts';
import { signedGraphql } from '../layer/signed-graphql.ts';
import { handleChanges } from '../layer/stream.ts';
import { publishChange } from './publish-change.ts';

interface Asked {
  readonly headers: IncomingHttpHeaders;
  readonly body: { readonly query: string; readonly variables: { readonly input: Record<string, unknown> } };
}

let server: Server;
let handle: ReturnType<typeof handleChanges>;
let asked: Asked[];
let answer: (call: number) => { status: number; body: string };

beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      asked.push({ headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) as Asked['body'] });
      const { status, body } = answer(asked.length);
      response.writeHead(status).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql/api`;
  handle = handleChanges(publishChange({ callGraphql: signedGraphql({ url, region: 'us-east-1' }) }));
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret-of-a-role');
  vi.stubEnv('AWS_SESSION_TOKEN', 'session');
});
afterAll(() => {
  vi.unstubAllEnvs();
  server.close();
});
beforeEach(() => {
  asked = [];
  answer = () => ({ status: 200, body: '{"data":{}}' });
});

const times = { createdAt: '2026-11-23T10:00:00.000Z', updatedAt: '2026-11-23T10:00:00.000Z' };
const limits = { requestsPerSecond: 50, burst: 50, requestsPerDay: 1000, requestsPerMonth: 30000 };
const tenant = {
  tenantId: 'T1',
  listing: 'TENANT',
  name: 'Acme',
  slug: 'acme',
  tier: 'BASIC',
  status: 'ACTIVE',
  deployment: 'POOLED',
  stack: 'pooled',
  adminEmail: 'ann@acme.example',
  adminName: 'Ann',
  currency: 'USD',
  limits,
  hasOwnLimits: false,
  shardCount: 1,
  userPoolId: 'pool',
  userPoolClientId: 'client',
  registrationId: 'R1',
  version: 3,
  ...times,
};
const registration = {
  registrationId: 'R1',
  tenantId: 'T1',
  companyName: 'Acme',
  slug: 'acme',
  adminEmail: 'ann@acme.example',
  adminName: 'Ann',
  tier: 'BASIC',
  status: 'PROVISIONING',
  steps: [{ name: 'CLAIM_SLUG', status: 'SUCCEEDED', startedAt: times.createdAt }],
  ...times,
};

function eventOf(...items: object[]): DynamoDBStreamEvent {
  const Records = items.map((item, index) => ({
    eventID: `e${index}`,
    dynamodb: { SequenceNumber: `s${index}`, NewImage: marshall(item) as never },
  }));
  return { Records };
}

test('a tenant and a registration are published whole, signed, with documents that the schema takes', async () => {
  expect(await handle(eventOf(tenant, registration))).toEqual({ batchItemFailures: [] });
  const schema = buildSchema(schemaText('control-plane'), { assumeValidSDL: true });
  for (const { body } of asked) expect(validate(schema, parse(body.query))).toEqual([]);
  expect(asked[0]?.body.variables.input).toEqual({
    id: 'T1',
    name: 'Acme',
    slug: 'acme',
    tier: 'BASIC',
    status: 'ACTIVE',
    deployment: 'POOLED',
    stack: 'pooled',
    adminEmail: 'ann@acme.example',
    currency: 'USD',
    limits,
    hasOwnLimits: false,
    userPoolId: 'pool',
    userPoolClientId: 'client',
    failure: null,
    move: null,
    offboarding: null,
    version: 3,
    ...times,
    onboardedAt: null,
  });
  expect(asked[1]?.body.variables.input).toMatchObject({
    id: 'R1',
    status: 'PROVISIONING',
    steps: [{ finishedAt: null }],
  });
  expect(JSON.stringify(asked[1]?.body)).not.toContain('ann@acme.example');
  expect(asked[0]?.headers.authorization).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/us-east-1\/appsync\/aws4_request/,
  );
  expect(asked[0]?.headers['x-amz-security-token']).toBe('session');
});

test('claims, tokens and removals are nobody’s business', async () => {
  const removal = { eventID: 'e', dynamodb: { SequenceNumber: 's', OldImage: marshall(tenant) as never } };
  const { Records } = eventOf({ tenantId: 'SLUG#acme', owner: 'T1' }, { registrationId: 'TOKEN#x', names: 'R1' });
  expect(await handle({ Records: [...Records, removal] })).toEqual({ batchItemFailures: [] });
  expect(asked).toEqual([]);
});

describe('a failure', () => {
  test.each([
    [500, 'oops'],
    [401, '{"errors":[{"errorType":"UnauthorizedException","message":"No"}]}'],
    [200, '{"data":null,"errors":[{"errorType":"Lambda:Unhandled","message":"Fault"}]}'],
  ])('that may pass (%s %s) stops the batch there, for the stream to send it again', async (status, body) => {
    answer = (call) => (call === 2 ? { status, body } : { status: 200, body: '{"data":{}}' });
    expect(await handle(eventOf(tenant, tenant, tenant))).toEqual({ batchItemFailures: [{ itemIdentifier: 's1' }] });
    expect(asked).toHaveLength(2);
  });

  test('that never passes is left behind', async () => {
    const body = '{"data":null,"errors":[{"message":"Validation error of type FieldUndefined: …"}]}';
    answer = (call) => ({ status: 200, body: call === 1 ? body : '{"data":{}}' });
    expect(await handle(eventOf(tenant, tenant))).toEqual({ batchItemFailures: [] });
    expect(asked).toHaveLength(2);
  });
});
