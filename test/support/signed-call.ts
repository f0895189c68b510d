import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';
import type { sdkSettings } from './sdk.ts';

/** One call of an API in AWS's JSON protocol, for services without a client here: `DynamoDBStreams_20120810.GetRecords`. */
export async function signedCall<Answer>(
  { endpoint, region, credentials }: ReturnType<typeof sdkSettings>,
  service: string,
  target: string,
  input: object,
): Promise<Answer> {
  const signer = new SignatureV4({ service, region, credentials, sha256: Sha256 });
  const { hostname, host, port } = new URL(endpoint);
  const signed = await signer.sign({
    method: 'POST',
    protocol: 'http:',
    hostname,
    port: Number(port),
    path: '/',
    headers: { host, 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': target },
    body: JSON.stringify(input),
  });
  const response = await fetch(endpoint, { method: 'POST', headers: signed.headers, body: signed.body as string });
  const answer = (await response.json()) as Answer;
  if (!response.ok) throw new Error(`${target} answered ${response.status}: ${JSON.stringify(answer)}`);
  return answer;
}
