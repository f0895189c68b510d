import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { AwsError } from '../errors.ts';
import type { JsonObject } from '../service.ts';
import { readAnswer } from './read-answer.ts';

/** An answer of the engine as it came. */
export interface EngineAnswer {
  readonly status: number;
  readonly body: Buffer;
}

/** Connections to one engine. More in flight than this wait their turn. */
const connections = 32;
/** By endpoint. Idle connections keep no process from its end. */
const pools = new Map<string, Pool>();

/** Engines ask for the form of a signature and check no more of it: the front door has checked the caller's. */
const formalHeaders = [
  ...['content-type', 'application/x-amz-json-1.0'],
  ...['x-amz-date', '20120810T000000Z'],
  'authorization',
  'AWS4-HMAC-SHA256 Credential=local/20120810/us-east-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
];
/** Names and values by turns, made once for each operation. */
const headersOf = new Map<string, string[]>();

const answersInMilliseconds = 60_000;
/** An engine that is being started again answers within these waits, five seconds in all. */
const reconnectWaits = [5, 10, 20, 50, 100, 200, 400, 800, 1600, 1800];

const reads = /^(Get|BatchGet|TransactGet|Query|Scan|Describe|List)/;

/**
 * One DynamoDB API call to the engine, in DynamoDB JSON.
 *
 * @param operation - `GetItem`, or with the API's name for one of the streams: `DynamoDBStreams_20120810.GetRecords`
 * @throws AwsError with DynamoDB's code; `Item` and `CancellationReasons` are in its fields
 */
export async function callEngine(endpoint: string, operation: string, input: JsonObject): Promise<JsonObject> {
  const answer = await sendToEngine(endpoint, operation, JSON.stringify(input));
  if (answer.status !== 200) throw engineError(answer);
  return JSON.parse(answer.body.toString('utf8')) as JsonObject;
}

/**
 * The same with the bodies as text. While the engine is away, waits for it; a write whose connection broke is not
 * repeated, since it may have been done.
 */
export async function sendToEngine(endpoint: string, operation: string, body: string): Promise<EngineAnswer> {
  const target = operation.includes('.') ? operation : `DynamoDB_20120810.${operation}`;
  const repeatable = reads.test(target.slice(target.indexOf('.') + 1));
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await send(endpoint, target, body);
    } catch (error) {
      const wait = reconnectWaits[attempt];
      if (wait === undefined || !(wasNotSent(error) || (repeatable && wasBroken(error)))) throw unreachable(error);
      await sleep(wait);
    }
  }
}

/** What the engine answered with, as the error that AWS's API would give. */
export function engineError({ status, body }: EngineAnswer): AwsError {
  const {
    __type: type,
    message,
    Message,
    ...fields
  } = readAnswer(body.toString('utf8')) as Record<string, unknown> & {
    readonly __type?: string;
    readonly message?: string;
    readonly Message?: string;
  };
  const code = type?.slice(type.indexOf('#') + 1) ?? 'InternalServerError';
  return new AwsError(code, message ?? Message ?? `DynamoDB refused the call: ${code}`, status, fields);
}

/** By `dispatch`, which spares the stream that `request` makes of a body: these are small, and read as a whole. */
function send(endpoint: string, target: string, body: string): Promise<EngineAnswer> {
  return new Promise((resolve, reject) => {
    let status = 0;
    const chunks: Buffer[] = [];
    poolOf(endpoint).dispatch(
      { path: '/', method: 'POST', headers: headersFor(target), body },
      {
        onRequestStart: () => undefined,
        onResponseStart: (_controller, statusCode) => {
          status = statusCode;
        },
        onResponseData: (_controller, chunk) => {
          chunks.push(chunk);
        },
        onResponseEnd: () => resolve({ status, body: Buffer.concat(chunks) }),
        onResponseError: (_controller, error) => reject(error),
      },
    );
  });
}

function headersFor(target: string): string[] {
  const known = headersOf.get(target);
  if (known) return known;
  const headers = [...formalHeaders, 'x-amz-target', target];
  headersOf.set(target, headers);
  return headers;
}

function poolOf(endpoint: string): Pool {
  const known = pools.get(endpoint);
  if (known) return known;
  const pool = new Pool(endpoint, {
    connections,
    headersTimeout: answersInMilliseconds,
    bodyTimeout: answersInMilliseconds,
  });
  pools.set(endpoint, pool);
  return pool;
}

function wasNotSent(error: unknown): boolean {
  return codeOf(error) === 'ECONNREFUSED';
}

function wasBroken(error: unknown): boolean {
  return ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].includes(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function unreachable(error: unknown): AwsError {
  const cause = error instanceof Error ? error.message : String(error);
  return new AwsError('InternalServerError', `The DynamoDB engine cannot be reached: ${cause}`, 500);
}
