import { AwsError } from '../../errors.ts';
import { selectOperation, type ClientRequest } from './client-request.ts';
import type { CompiledApi } from './compile-api.ts';
import type { ClientError } from './describe-error.ts';
import type { Operation } from './execute-operation.ts';
import type { PlainError } from './validation-messages.ts';

/** An operation that may run, or the errors that the client is answered with status 200. */
export type Preparation =
  | { readonly operation: Operation }
  | { readonly errors: readonly (PlainError | ClientError)[] };

/** Queries and mutations come over HTTP, subscriptions over a WebSocket. */
export type Channel = 'http' | 'realtime';

/**
 * Parses (or remembers), validates and measures what a client asked for.
 *
 * @throws AwsError (400) if there is no operation to run in it
 */
export function prepareOperation(api: CompiledApi, asked: ClientRequest, channel: Channel): Preparation {
  const document = api.documents.get(asked.query);
  if (document.kind === 'malformed') throw new AwsError('MalformedHttpRequestException', document.message);
  if (document.kind === 'invalid') return { errors: document.errors };
  const node = selectOperation(document, asked.operationName);
  if ((node.operation === 'subscription') !== (channel === 'realtime')) {
    throw new AwsError('UnsupportedOperation', `${node.operation} not supported through the ${channel} channel`);
  }
  const { queryDepthLimit, introspection } = api.record;
  const depth = document.depths.get(node) ?? 0;
  if (queryDepthLimit > 0 && depth > queryDepthLimit) {
    return refuse(
      'QueryDepthLimitReached',
      `The query is ${depth} levels deep; at most ${queryDepthLimit} are allowed.`,
    );
  }
  if (document.usesIntrospection && !introspection) {
    return refuse('IntrospectionDisabled', 'Introspection is disabled for this API.');
  }
  return { operation: { document, node, variables: asked.variables } };
}

function refuse(errorType: string, message: string): Preparation {
  return { errors: [{ path: null, data: null, errorType, errorInfo: null, locations: null, message }] };
}
