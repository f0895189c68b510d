import { createHash, createHmac } from 'node:crypto';

export interface SigningKeys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

export interface JsonCall {
  readonly host: string;
  readonly region: string;
  /** `DynamoDB_20120810.BatchGetItem` */
  readonly target: string;
  readonly body: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

const contentType = 'application/x-amz-json-1.0';

/** The headers of a signed POST to DynamoDB. */
export type Sign = (call: JsonCall, keys: SigningKeys) => Readonly<Record<string, string>>;

/**
 * Signs with a key that is derived once a day. The general signer costs more time than the rest of the authorizer.
 * Source: AWS IAM user guide, "Create a signed AWS API request".
 */
export function createSigner(): Sign {
  let derived: { readonly from: string; readonly key: Buffer } | undefined;
  const keyFor = (secretAccessKey: string, day: string, region: string): Buffer => {
    const from = [secretAccessKey, day, region].join(' ');
    if (derived?.from !== from) {
      const dayKey = hmac(hmac(hmac(`AWS4${secretAccessKey}`, day), region), 'dynamodb');
      derived = { from, key: hmac(dayKey, 'aws4_request') };
    }
    return derived.key;
  };
  return (call, keys) => signedHeaders(call, keys, keyFor);
}

type KeyFor = (secretAccessKey: string, day: string, region: string) => Buffer;

function signedHeaders(call: JsonCall, keys: SigningKeys, keyFor: KeyFor): Readonly<Record<string, string>> {
  const timestamp = new Date(call.time).toISOString().replace(/[-:]|\.\d{3}/g, '');
  const day = timestamp.slice(0, 8);
  const headers: Readonly<Record<string, string>> = {
    'content-type': contentType,
    host: call.host,
    'x-amz-date': timestamp,
    ...(keys.sessionToken ? { 'x-amz-security-token': keys.sessionToken } : {}),
    'x-amz-target': call.target,
  };
  const names = Object.keys(headers).join(';');
  const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
  const request = ['POST', '/', '', lines.join(''), names, sha256(call.body)].join('\n');
  const scope = `${day}/${call.region}/dynamodb/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', timestamp, scope, sha256(request)].join('\n');
  const signature = hmac(keyFor(keys.secretAccessKey, day, call.region), text).toString('hex');
  const authorization = `AWS4-HMAC-SHA256 Credential=${keys.accessKeyId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return { ...headers, authorization };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
