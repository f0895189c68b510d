import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import { expect, it } from 'vitest';
import { signedHeaders } from './sign.ts';

it.each([undefined, 'session-token'])('signs as AWS’s own signer does, session token %j', async (sessionToken) => {
  const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret', ...(sessionToken && { sessionToken }) };
  const time = Date.UTC(2026, 10, 23, 12, 34, 56, 789);
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
  const signed = signedHeaders({ host, region: 'us-east-1', target, body, time }, keys);
  const { 'x-amz-content-sha256': _hash, ...headers } = expected.headers;
  expect(signed).toEqual(headers);
});
