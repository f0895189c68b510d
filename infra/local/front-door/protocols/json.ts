import type { IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { AwsError } from '../../errors.ts';
import type { ApiRequest, ApiResponse, ApiService, Operation } from '../../service.ts';

export interface JsonProtocolOptions {
  readonly signingName: string;
  /** What stands before the dot of `X-Amz-Target`: `DynamoDB_20120810`. */
  readonly targetPrefix: string;
  readonly version: '1.0' | '1.1';
  readonly operations: Readonly<Record<string, Operation>>;
  /** Operations that AWS serves without a signature. */
  readonly unsigned?: ReadonlySet<string>;
}

const decompressedLimit = 16 * 1024 * 1024;

/**
 * AWS JSON 1.0 and 1.1: the operation in `X-Amz-Target`, input and output as JSON. Timestamps go out as epoch seconds.
 * Source: Smithy, "AWS JSON 1.0 protocol" and "AWS JSON 1.1 protocol".
 */
export function jsonProtocol(options: JsonProtocolOptions): ApiService {
  const { signingName, targetPrefix, version, operations, unsigned = new Set() } = options;
  const contentType = `application/x-amz-json-${version}`;

  const answer = (status: number, body: unknown, headers: Record<string, string> = {}): ApiResponse => ({
    status,
    headers: { 'content-type': contentType, ...headers },
    body: JSON.stringify(body ?? {}, timestampsAsSeconds),
  });

  return {
    signingName,
    acceptsUnsigned: (headers) => {
      const operation = operationName(headers, targetPrefix);
      return operation !== undefined && unsigned.has(operation);
    },
    async handle(request) {
      try {
        const name = operationName(request.headers, targetPrefix);
        const operation = name !== undefined && Object.hasOwn(operations, name) ? operations[name] : undefined;
        if (!operation) {
          const target = request.headers['x-amz-target'] ?? 'nothing';
          throw new AwsError(
            'UnknownOperationException',
            `X-Amz-Target is ${target}: ${signingName} has no such operation here`,
          );
        }
        return answer(200, await operation(request.call, parseBody(decompress(request)) as never));
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        return answer(
          error.status,
          { __type: error.code, message: error.message, ...error.fields },
          { 'x-amzn-errortype': error.code },
        );
      }
    },
  };
}

function operationName(headers: IncomingMessage['headers'], targetPrefix: string): string | undefined {
  const target = headers['x-amz-target'];
  if (typeof target !== 'string') return undefined;
  const [prefix, name] = target.split('.');
  return prefix === targetPrefix ? name : undefined;
}

/** SDKs compress the larger inputs of some operations. Source: Smithy, "requestCompression trait". */
function decompress({ headers, body }: ApiRequest): Buffer {
  if (headers['content-encoding'] !== 'gzip') return body;
  try {
    return gunzipSync(body, { maxOutputLength: decompressedLimit });
  } catch {
    throw new AwsError('SerializationException', `The body is not gzip of at most ${decompressedLimit} bytes`);
  }
}

function parseBody(body: Buffer): unknown {
  if (body.length === 0) return {};
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw new AwsError('SerializationException', 'The body is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new AwsError('SerializationException', 'The body is not a JSON object');
  }
  return value;
}

/** JSON.stringify turns a Date into text before the replacer sees it, so the holder is asked. */
function timestampsAsSeconds(this: unknown, key: string, value: unknown): unknown {
  const original = (this as Record<string, unknown>)[key];
  if (original instanceof Date) return original.getTime() / 1000;
  if (original instanceof Uint8Array) return Buffer.from(original).toString('base64');
  return value;
}
