import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { expect, it } from 'vitest';
import { createSigner } from './sign.ts';

const sign = createSigner();

it.each([
  { secretAccessKey: 'secret', day: 23 },
  { secretAccessKey: 'secret', day: 23, sessionToken: 'session-token' },
  { secretAccessKey: 'renewed', day: 23, sessionToken: 'another' },
  { secretAccessKey: 'renewed', day: 24, sessionToken: 'another' },
])('signs as AWS’s own signer does, one call after the other: %j', async ({ day, ...secrets }) => {
  const keys = { accessKeyId: 'AKIDEXAMPLE', ...secrets };
  const time = Date.UTC(2026, 10, day, 12, 34, 56, 789);
  const host = 'dynamodb.us-east-1.amazonaws.com';
  const target = 'DynamoDB_20120810.BatchGetItem';
  const body = '{"é":1}';
  const signer = new SignatureV4({ service: 'dynamodb', region: 'us-east-1', sha256: Sha256, credentials: keys });
  const expected = await signer.sign(
    {
      method: 'POST',
      protocol: 'https:',
      hostname: host,
      path: '/',
      headers: { host, 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target },
      body,
    },
    { signingDate: new Date(time), unsignableHeaders: new Set(['x-amz-content-sha256']) },
  );
  const signed = sign({ host, region: 'us-east-1', target, body, time }, keys);
  const { 'x-amz-content-sha256': _hash, ...headers } = expected.headers;
  expect(signed).toEqual(headers);
});
