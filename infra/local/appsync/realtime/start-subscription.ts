import { createHash } from 'node:crypto';
import type { JsonObject } from '../../service.ts';
import { AwsError } from '../../errors.ts';
import type { Authenticate } from '../authorization/authenticate.ts';
import { readClientRequest, type ClientRequest } from '../execution/client-request.ts';
import type { ApiCompiler } from '../execution/compile-api.ts';
import { prepareOperation } from '../execution/prepare-operation.ts';
import type { Caller } from '../execution/request-scope.ts';
import { subscribe } from '../execution/subscribe.ts';
import { forwardedFor } from '../http/readable-headers.ts';
import type { RequestLog } from '../logging/request-log.ts';
import { lowerCaseHeaders } from './connect-header.ts';
import { argumentFilter, enhancedFilter } from './filter.ts';
import type { Subscription, SubscriptionListener } from './subscription.ts';

export interface StartDependencies {
  readonly compiler: ApiCompiler;
  readonly authenticate: Authenticate;
  readonly log: RequestLog;
  newRequestId(): string;
}

export interface StartRequest {
  readonly apiId: string;
  readonly id: string;
  readonly payload: unknown;
  readonly sourceIp: string;
  readonly listener: SubscriptionListener;
}

/** What a refused start is answered with. */
export class StartRefused extends Error {
  override readonly name = 'StartRefused';

  constructor(readonly errors: readonly object[]) {
    super('The subscription is refused');
  }
}

/**
 * Authorizes a subscription, runs its resolver and compiles its filter.
 *
 * @throws StartRefused
 * @throws AwsError if it is not let in, or is malformed
 */
export async function startSubscription(dependencies: StartDependencies, start: StartRequest): Promise<Subscription> {
  const { compiler, authenticate, log, newRequestId } = dependencies;
  const { apiId, id, listener } = start;
  const { data, headers } = readPayload(start.payload);
  const asked = readClientRequest(data);
  const api = compiler.get(apiId);
  const requestId = newRequestId();
  const caller = await authenticate(api.record, {
    requestId,
    headers,
    sourceIp: start.sourceIp,
    signed: () => ({
      method: 'POST',
      url: `/graphql/${apiId}`,
      headers: headers as Record<string, string>,
      body: Buffer.from(data),
    }),
    queryString: asked.query,
    operationName: asked.operationName,
    variables: asked.variables,
  });
  const prepared = prepareOperation(api, asked, 'realtime');
  if ('errors' in prepared) throw new StartRefused(prepared.errors);
  // A subscription's own headers are what the client wrote into its message; the address is the connection's.
  const request = {
    headers: { ...headers, 'x-forwarded-for': forwardedFor(start.sourceIp) },
    domainName: null,
  };
  const onFault = (fault: unknown) => log.fault(apiId, requestId, fault);
  const subscribed = await subscribe({ api, operation: prepared.operation, caller, request, onFault });
  const { node } = prepared.operation;
  log.request(api.record, requestId, node, {
    body: { data: null, errors: subscribed.errors ?? [] },
    scope: subscribed.scope,
  });
  if (subscribed.errors) throw new StartRefused(subscribed.errors);

  const { fieldName, args, scope } = subscribed;
  const { subscriptionFilter = null, subscriptionInvalidationFilter = null } = scope;
  return {
    id,
    apiId,
    fieldName,
    asked,
    caller,
    headers,
    accepts: subscriptionFilter === null ? argumentFilter(args) : enhancedFilter(subscriptionFilter),
    invalidatedBy: subscriptionInvalidationFilter === null ? undefined : enhancedFilter(subscriptionInvalidationFilter),
    shape: shapeOf(asked, caller),
    listener,
  };
}

function readPayload(payload: unknown): { readonly data: string; readonly headers: JsonObject } {
  const { data, extensions } = (typeof payload === 'object' && payload !== null ? payload : {}) as Record<
    string,
    unknown
  >;
  if (typeof data !== 'string') throw new AwsError('BadRequestException', 'payload.data is not a text.');
  const { authorization } = (typeof extensions === 'object' && extensions !== null ? extensions : {}) as Record<
    string,
    unknown
  >;
  const headers = lowerCaseHeaders(authorization);
  if (!headers) throw new AwsError('UnauthorizedException', 'payload.extensions.authorization is missing.', 401);
  return { data, headers };
}

/** Everything that decides what of a payload a subscriber is sent. */
function shapeOf(asked: ClientRequest, caller: Caller): string {
  const parts = [asked.query, asked.operationName, asked.variables, caller.mode, [...caller.deniedFields].sort()];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}
