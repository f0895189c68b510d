import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { beforeEach, expect, test } from 'vitest';
import type { Environment, SignedRequest } from '../../service.ts';
import { createMemoryState } from '../../state/memory.ts';
import { createIdentity } from '../index.ts';

const environment: Environment = {
  accountId: '000000000000',
  region: 'us-east-1',
  partition: 'aws',
  endpoint: 'http://localhost:4566',
  certificateAuthority: '',
  folder: '',
};
const start = Date.UTC(2026, 0, 31, 12, 0, 0);
let now = start;
const clock = { now: () => now };
const state = createMemoryState();
const logs = { write: () => undefined };
const identity = createIdentity({ state, environment, clock, logs });
const role = {
  accountId: environment.accountId,
  arn: 'arn:aws:sts::000000000000:assumed-role/worker/session',
  userId: 'AROAX:session',
  roleArn: 'arn:aws:iam::000000000000:role/worker',
};
const root = { accessKeyId: 'test', secretAccessKey: 'test' };
const minute = 60_000;

beforeEach(() => {
  now = start;
});

interface Given {
  readonly credentials?: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
  readonly service?: string;
  readonly method?: string;
  readonly path?: string;
  readonly query?: Record<string, string | string[]>;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly at?: number;
  readonly presign?: number;
}

/** A request as the AWS SDK's own signer signs it. */
async function sign(given: Given = {}): Promise<SignedRequest> {
  const { credentials = root, service = 'dynamodb', method = 'POST', path = '/', query = {}, body = '{}' } = given;
  const signer = new SignatureV4({
    credentials,
    region: 'us-east-1',
    service,
    sha256: Sha256,
    uriEscapePath: service !== 's3',
    applyChecksum: service === 's3',
  });
  const plain = {
    method,
    protocol: 'http:',
    hostname: 'localhost',
    port: 4566,
    path,
    query,
    headers: { host: 'localhost:4566', 'content-type': 'application/x-amz-json-1.0', ...given.headers },
    body: method === 'GET' ? undefined : body,
  };
  const signingDate = new Date(given.at ?? now);
  const signed =
    given.presign === undefined
      ? await signer.sign(plain, { signingDate })
      : await signer.presign(plain, { signingDate, expiresIn: given.presign });
  const pairs = Object.entries(signed.query ?? {}).flatMap(([name, value]) =>
    [value ?? ''].flat().map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(one)}`),
  );
  return {
    method,
    url: pairs.length > 0 ? `${path}?${pairs.join('&')}` : path,
    headers: signed.headers,
    body: Buffer.from(plain.body ?? ''),
  };
}

const refusal = (request: SignedRequest) => {
  try {
    identity.authenticate(request);
  } catch (error) {
    return error;
  }
  return undefined;
};

test.each<[string, Given]>([
  ['a JSON call', {}],
  ['a query with unsorted and odd values', { query: { b: ['2', '1'], a: "x y/'(*)+~", 'A-b': '' }, method: 'GET' }],
  ['a path with an ARN', { service: 'lambda', path: '/2015-03-31/functions/arn%3Aaws%3Ax/invocations' }],
  ['a path to normalize', { service: 'appsync', path: '/v1//apis/./a%20b/' }],
  ['an S3 key with odd characters', { service: 's3', path: "/bucket/a%20b/%C3%A9%2B'/../x", method: 'PUT' }],
  ['S3 without a payload hash', { service: 's3', headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' } }],
  ['S3 in chunks', { service: 's3', headers: { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' } }],
  ['headers with spaces', { headers: { 'x-amz-meta-note': '  two   words ' } }],
])('takes %s that the SDK signed', async (_name, given) => {
  expect(identity.authenticate(await sign(given))).toEqual({
    accountId: '000000000000',
    arn: 'arn:aws:iam::000000000000:root',
    userId: '000000000000',
  });
});

test('takes a presigned request until it expires', async () => {
  const request = await sign({
    service: 's3',
    method: 'GET',
    path: '/bucket/key',
    presign: 60,
    headers: { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' },
  });
  expect(identity.authenticate(request).arn).toMatch(/:root$/);
  now += 61_000;
  expect(refusal(request)).toMatchObject({ code: 'AccessDenied', message: 'Request has expired', status: 403 });
});

test.each<[string, (request: SignedRequest) => SignedRequest]>([
  ['body', (request) => ({ ...request, body: Buffer.from('{"a":1}') })],
  ['path', (request) => ({ ...request, url: '/other' })],
  ['query', (request) => ({ ...request, url: '/?a=1' })],
  ['method', (request) => ({ ...request, method: 'PUT' })],
  ['signed header', (request) => ({ ...request, headers: { ...request.headers, host: 'localhost:1' } })],
])('refuses a changed %s', async (_name, change) => {
  expect(refusal(change(await sign()))).toMatchObject({ code: 'InvalidSignatureException', status: 403 });
});

test('refuses a target that is not under the signature', async () => {
  const request = await sign();
  const headers = { ...request.headers, 'x-amz-target': 'DynamoDB_20120810.DeleteTable' };
  expect(refusal({ ...request, headers })).toMatchObject({
    code: 'InvalidSignatureException',
    message: "'x-amz-target' must be a 'SignedHeader' in the AWS Authorization.",
  });
});

test('refuses a wrong secret in the words of each protocol', async () => {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'wrong' };
  expect(refusal(await sign({ credentials }))).toMatchObject({ code: 'InvalidSignatureException' });
  expect(refusal(await sign({ credentials, service: 'sts' }))).toMatchObject({ code: 'SignatureDoesNotMatch' });
  expect(refusal(await sign({ credentials, service: 's3' }))).toMatchObject({ code: 'SignatureDoesNotMatch' });
});

test('allows clocks to differ by fifteen minutes and no more', async () => {
  expect(refusal(await sign({ at: now - 14 * minute }))).toBeUndefined();
  expect(refusal(await sign({ at: now + 14 * minute }))).toBeUndefined();
  expect(refusal(await sign({ at: now - 16 * minute }))).toMatchObject({
    code: 'InvalidSignatureException',
    message: 'Signature expired: 20260131T114400Z is now earlier than 20260131T114500Z (20260131T120000Z - 15 min.)',
  });
  expect(refusal(await sign({ at: now + 16 * minute }))).toMatchObject({
    message: expect.stringContaining('Signature not yet current') as unknown,
  });
  expect(refusal(await sign({ at: now - 16 * minute, service: 's3' }))).toMatchObject({
    code: 'RequestTimeTooSkewed',
  });
});

test('a request without a signature is told so', () => {
  expect(refusal({ method: 'POST', url: '/', headers: {}, body: Buffer.alloc(0) })).toMatchObject({
    code: 'MissingAuthenticationTokenException',
    message: 'Missing Authentication Token',
  });
});

test("a session's credentials are their principal until they expire, over a restart", async () => {
  const session = identity.issueCredentials({ ...role, sessionTags: { team: 'a' } }, 10 * minute);
  const again = createIdentity({ state, environment, clock, logs });
  expect(again.authenticate(await sign({ credentials: session }))).toEqual({ ...role, sessionTags: { team: 'a' } });
  now += 11 * minute;
  expect(refusal(await sign({ credentials: session }))).toMatchObject({ code: 'ExpiredTokenException' });
  expect(refusal(await sign({ credentials: session, service: 'sts' }))).toMatchObject({ code: 'ExpiredToken' });
});

test('a session token cannot be left out, forged, or used with the key of another', async () => {
  const one = identity.issueCredentials(role, minute);
  const two = identity.issueCredentials(role, minute);
  const { accessKeyId, secretAccessKey, sessionToken } = one;
  const invalid = { code: 'UnrecognizedClientException' };
  expect(refusal(await sign({ credentials: { accessKeyId, secretAccessKey } }))).toMatchObject(invalid);
  expect(refusal(await sign({ credentials: { ...one, sessionToken: two.sessionToken } }))).toMatchObject(invalid);
  const [payload = '', tag = ''] = sessionToken.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as object;
  const forged = Buffer.from(JSON.stringify({ ...claims, expiresAt: now * 2 })).toString('base64url');
  expect(refusal(await sign({ credentials: { ...one, sessionToken: `${forged}.${tag}` } }))).toMatchObject(invalid);
});

test('an id that only AWS or this cloud could have issued is never the root user', async () => {
  const id = 'ASIAABCDEFGHIJKLMNOP';
  expect(refusal(await sign({ credentials: { accessKeyId: id, secretAccessKey: id } }))).toMatchObject({
    code: 'UnrecognizedClientException',
    message: 'The security token included in the request is invalid.',
  });
});
