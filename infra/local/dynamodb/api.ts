import { AwsError } from '../errors.ts';
import type { ApiResponse, ApiService, JsonObject } from '../service.ts';
import type { Execute } from './execute.ts';
import { streamOperations } from './operations/streams/index.ts';
import { isObject } from './wire.ts';

const headers = { 'content-type': 'application/x-amz-json-1.0' };

/** DynamoDB's API and that of its streams: both are signed as `dynamodb`, told apart by the target. */
export function dynamodbApi(execute: Execute): ApiService {
  return {
    signingName: 'dynamodb',
    async handle({ call, headers: sent, body }): Promise<ApiResponse> {
      try {
        const answer = await execute.raw(call.principal, operationOf(sent['x-amz-target']), parse(body));
        return { status: answer.status, headers, body: answer.body };
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        const { code, message, fields, status } = error;
        return {
          status,
          headers,
          body: JSON.stringify({ __type: `${namespaceOf(code)}#${code}`, message, ...fields }),
        };
      }
    },
  };
}

function operationOf(target: string | string[] | undefined): string {
  const [api, operation = ''] = String(target).split('.');
  const isOfStreams = Object.hasOwn(streamOperations, operation);
  if (api === (isOfStreams ? 'DynamoDBStreams_20120810' : 'DynamoDB_20120810')) return operation;
  throw new AwsError('UnknownOperationException', `X-Amz-Target is ${String(target)}: there is no such operation`);
}

/** Source: DynamoDB developer guide, "Error handling with DynamoDB". */
function namespaceOf(code: string): string {
  if (code === 'ValidationException') return 'com.amazon.coral.validate';
  if (/^(AccessDenied|Serialization|UnknownOperation)/.test(code)) return 'com.amazon.coral.service';
  return 'com.amazonaws.dynamodb.v20120810';
}

function parse(body: Buffer): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(body.toString('utf8'));
  } catch {
    throw new AwsError('SerializationException', 'The body is not JSON');
  }
  if (isObject(value as JsonObject)) return value as JsonObject;
  throw new AwsError('SerializationException', 'The body is not a JSON object');
}
