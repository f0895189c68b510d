/**
 * DynamoDB's BatchGetItem for one item of each table, and nothing else. The authorizer runs before every request that
 * AppSync has no answer for: the SDK's client would be most of its start and of its time.
 */
import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';

export interface AttributeValue {
  readonly S?: string;
  readonly N?: string;
}

type Item = Readonly<Record<string, AttributeValue>>;

/** Takes a key for each table and answers what is there, by table. Throws if DynamoDB does not answer all of it. */
export type BatchGet = (keys: Readonly<Record<string, Item>>) => Promise<Readonly<Record<string, Item | undefined>>>;

export class RegistryUnavailableError extends Error {
  override readonly name = 'RegistryUnavailableError';
  constructor(readonly status: number, readonly answer: string) {
    super(`DynamoDB answered ${status} to BatchGetItem: ${answer}`);
  }
}

interface Options {
  readonly endpoint: string;
  readonly region: string;
  /** Where Lambda puts the role's keys: AWS_ACCESS_KEY_ID and its kin. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

interface BatchGetAnswer {
  readonly Responses?: Readonly<Record<string, readonly Item[]>>;
  readonly UnprocessedKeys?: Readonly<Record<string, unknown>>;
}

export function createBatchGet({ endpoint, region, environment }: Options): BatchGet {
  const url = new URL(endpoint);
  const signer = new SignatureV4({
    service: 'dynamodb',
    region,
    sha256: NodeSha256,
    credentials: async () => ({
      accessKeyId: environment.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? '',
      ...(environment.AWS_SESSION_TOKEN ? { sessionToken: environment.AWS_SESSION_TOKEN } : {}),
    }),
  });

  return async (keys) => {
    const requested = Object.entries(keys).map(([table, key]) => [table, { Keys: [key], ConsistentRead: true }]);
    const body = JSON.stringify({ RequestItems: Object.fromEntries(requested) });
    const { headers } = await signer.sign({
      method: 'POST',
      protocol: url.protocol,
      hostname: url.hostname,
      path: '/',
      headers: {
        host: url.host,
        'content-type': 'application/x-amz-json-1.0',
        'x-amz-target': 'DynamoDB_20120810.BatchGetItem',
      },
      body,
    });
    const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(3000) });
    if (!response.ok) throw new RegistryUnavailableError(response.status, await response.text());
    const { Responses = {}, UnprocessedKeys = {} } = (await response.json()) as BatchGetAnswer;
    if (Object.keys(UnprocessedKeys).length > 0) throw new RegistryUnavailableError(200, 'not all keys were read');
    return Object.fromEntries(Object.keys(keys).map((table) => [table, Responses[table]?.[0]]));
  };
}

/** SHA-256 and HMAC-SHA-256 in the form that the signer asks for. */
class NodeSha256 {
  readonly #hash: Hash | Hmac;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', bytes(secret));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(bytes(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): never {
    throw new Error('A hash is made for one message; make another');
  }
}

function bytes(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
