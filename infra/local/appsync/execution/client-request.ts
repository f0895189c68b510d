import type { OperationDefinitionNode } from 'graphql';
import { AwsError } from '../../errors.ts';
import type { JsonObject } from '../../service.ts';
import type { ValidDocument } from './documents.ts';

/** A GraphQL request as a client sends it, over HTTP or in a subscription's `data`. */
export interface ClientRequest {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly variables: JsonObject;
}

/** @throws AwsError `MalformedHttpRequestException` */
export function readClientRequest(text: string): ClientRequest {
  if (text.trim() === '') throw malformed('Request body is empty.');
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw malformed('Unable to parse GraphQL query.');
  }
  if (!isObject(body) || typeof body['query'] !== 'string') throw malformed('Unable to parse GraphQL query.');
  const { query, variables = null, operationName = null } = body;
  if (variables !== null && !isObject(variables)) throw malformed('The variables are not a JSON object.');
  if (operationName !== null && typeof operationName !== 'string') throw malformed('The operationName is not a text.');
  return { query, operationName: operationName ?? undefined, variables: variables ?? {} };
}

/** @throws AwsError `BadRequestException` if the document does not have the one operation that was asked for */
export function selectOperation(document: ValidDocument, operationName: string | undefined): OperationDefinitionNode {
  const named =
    operationName === undefined || operationName === ''
      ? document.operations
      : document.operations.filter((operation) => operation.name?.value === operationName);
  const [operation, another] = named;
  if (!operation) {
    throw new AwsError(
      'BadRequestException',
      operationName ? `Unknown operation named '${operationName}'.` : 'The document has no operation.',
    );
  }
  if (another)
    throw new AwsError('BadRequestException', 'Must provide operation name if query contains multiple operations.');
  return operation;
}

function malformed(message: string): AwsError {
  return new AwsError('MalformedHttpRequestException', message);
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
