import type { IncomingMessage, ServerResponse } from 'node:http';
import { AwsError } from '../../errors.ts';
import type { Firewall, HttpRoute, JsonObject } from '../../service.ts';
import type { Authenticate } from '../authorization/authenticate.ts';
import { readClientRequest, type ClientRequest } from '../execution/client-request.ts';
import type { ApiCompiler, CompiledApi } from '../execution/compile-api.ts';
import { executeOperation, type Operation } from '../execution/execute-operation.ts';
import { mutatedFields } from '../execution/mutated-fields.ts';
import { prepareOperation } from '../execution/prepare-operation.ts';
import type { Caller } from '../execution/request-scope.ts';
import type { RequestLog } from '../logging/request-log.ts';
import type { Publisher } from '../realtime/publisher.ts';
import type { Store } from '../store.ts';
import { readText } from './read-text.ts';
import { addressOf, readableHeaders } from './readable-headers.ts';
import { answerPreflight, refuseRequest, sendJson } from './responses.ts';
import type { Turns } from './turns.ts';

export interface GraphqlRouteDependencies {
  readonly compiler: ApiCompiler;
  readonly authenticate: Authenticate;
  readonly publisher: Publisher;
  readonly store: Pick<Store, 'arn'>;
  readonly firewall: Firewall;
  readonly log: RequestLog;
  readonly turns: Turns;
  newRequestId(): string;
}

/** What every step of one request needs. */
interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly headers: JsonObject;
}

/** `POST /graphql/<apiId>`: queries and mutations. */
export function graphqlRoute(dependencies: GraphqlRouteDependencies): HttpRoute {
  return {
    prefix: '/graphql/',
    async handle(request, response) {
      const given = response.getHeader('x-amzn-requestid');
      const requestId = typeof given === 'string' ? given : dependencies.newRequestId();
      if (requestId !== given) response.setHeader('x-amzn-requestid', requestId);
      try {
        if (request.method === 'OPTIONS') return answerPreflight(request, response);
        await answer(dependencies, { request, response, requestId, headers: readableHeaders(request) });
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        refuseRequest(request, response, error);
      }
    },
  };
}

async function answer(dependencies: GraphqlRouteDependencies, exchange: Exchange): Promise<void> {
  const { request, response } = exchange;
  const url = request.url ?? '';
  const apiId = /^\/graphql\/([a-z0-9]+)\/?(?:\?|$)/.exec(url)?.[1];
  if (apiId === undefined) throw new AwsError('NotFoundException', 'There is no GraphQL endpoint at this path.', 404);
  // Before the body is read: a flood is to cost nothing.
  if (!dependencies.firewall.admits(dependencies.store.arn(apiId), addressOf(request))) {
    throw new AwsError('WAFForbiddenException', '403 Forbidden', 403);
  }
  if (request.method !== 'POST') {
    throw new AwsError('MethodNotAllowedException', `${request.method ?? ''} is not taken here, only POST.`, 405);
  }
  const api = dependencies.compiler.get(apiId);
  const text = await readText(request);
  const asked = readClientRequest(text);
  const endTurn = await dependencies.turns.take(request.headers.authorization ?? addressOf(request));
  try {
    const caller = await identify(dependencies, exchange, api, asked, text);
    const prepared = prepareOperation(api, asked, 'http');
    if ('errors' in prepared) return sendJson(response, 200, { data: null, errors: prepared.errors });
    await run(dependencies, exchange, api, prepared.operation, caller);
  } finally {
    endTurn();
  }
}

/** The caller comes before anything costly: what is not let in is neither parsed nor remembered. */
function identify(
  { authenticate }: GraphqlRouteDependencies,
  { request, requestId, headers }: Exchange,
  api: CompiledApi,
  asked: ClientRequest,
  text: string,
): Promise<Caller> {
  return authenticate(api.record, {
    requestId,
    headers,
    sourceIp: addressOf(request),
    signed: () => ({ method: 'POST', url: request.url ?? '', headers: request.headers, body: Buffer.from(text) }),
    queryString: asked.query,
    operationName: asked.operationName,
    variables: asked.variables,
  });
}

async function run(
  { log, publisher }: GraphqlRouteDependencies,
  { response, requestId, headers }: Exchange,
  api: CompiledApi,
  operation: Operation,
  caller: Caller,
): Promise<void> {
  const { apiId } = api.record;
  const { body, scope } = await executeOperation({
    api,
    operation,
    caller,
    request: { headers, domainName: null },
    onFault: (fault) => log.fault(apiId, requestId, fault),
  });
  for (const [name, value] of Object.entries(scope.responseHeaders)) response.setHeader(name, value);
  sendJson(response, 200, body);
  log.request(api.record, requestId, operation.node, { body, scope });
  for (const { name, value } of mutatedFields(operation, body.data as JsonObject | null)) {
    publisher.publish(api, name, value);
  }
  publisher.invalidate(apiId, scope.invalidations);
}
