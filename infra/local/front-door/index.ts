import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { AwsError } from '../errors.ts';
import type { ApiService, Call, HttpRoute, Identity, LocalService, Principal, UpgradeRoute } from '../service.ts';
import type { Certificate } from './certificate.ts';
import { listen } from './listen.ts';
import { readBody } from './read-body.ts';
import { refuse } from './refuse.ts';

export interface FrontDoor {
  readonly port: number;
  /** From here on requests reach these services; before, they are answered 503. */
  open(identity: Identity, services: readonly LocalService[]): void;
  close(): Promise<void>;
}

export interface FrontDoorOptions {
  readonly port: number;
  readonly accountId: string;
  readonly certificate: Certificate;
  /** Told of faults of the host's own, never of a client's mistakes. */
  onFault(error: unknown, requestId: string): void;
}

interface Directory {
  readonly identity: Identity;
  readonly apis: ReadonlyMap<string, ApiService>;
  readonly routes: readonly HttpRoute[];
  readonly hosts: readonly HttpRoute[];
  readonly upgrades: readonly UpgradeRoute[];
}

const megabyte = 1024 * 1024;
const objectLimit = 256 * megabyte;
const bodyLimit = 16 * megabyte;

/** Everything that the local cloud offers, on one port: routes by path, AWS's APIs by the service that a request is signed for. */
export async function createFrontDoor({ port, accountId, certificate, onFault }: FrontDoorOptions): Promise<FrontDoor> {
  let directory: Directory | undefined;

  const handle = async (request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> => {
    const host = hostNameOf(request);
    if (!isLocal(host)) throw foreignHost(request);
    if (!directory) throw new AwsError('ServiceUnavailable', 'The local cloud is starting', 503);
    const hosted = directory.hosts.find((route) => route.isForHost?.(host));
    if (hosted) return await hosted.handle(request, response);
    const { pathname, searchParams } = parseTarget(request);
    const signed = signedService(request, searchParams);

    const route = signed === 's3' ? undefined : longestPrefix(directory.routes, pathname);
    if (route) return await route.handle(request, response);
    if (request.method === 'OPTIONS') return answerPreflight(response);

    const body = await readBody(request, signed === 's3' ? objectLimit : bodyLimit);
    const { api, call } = admit(directory, request, signed, body, requestId);
    const answer = await api.handle({
      call,
      method: request.method ?? 'GET',
      path: pathname,
      query: searchParams,
      headers: request.headers,
      body,
    });
    for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, value);
    if (signed === undefined) response.setHeader('access-control-allow-origin', '*');
    // Not by writeHead, which would have the body sent in chunks.
    response.statusCode = answer.status;
    response.end(request.method === 'HEAD' ? undefined : answer.body);
  };

  const admit = (
    place: Directory,
    request: IncomingMessage,
    signed: string | undefined,
    body: Buffer,
    requestId: string,
  ) => {
    const { identity, apis } = place;
    if (signed === undefined) {
      const api = [...apis.values()].find((candidate) => candidate.acceptsUnsigned?.(request.headers));
      if (api) return { api, call: anonymousCall(accountId, requestId) };
      throw new AwsError(
        'MissingAuthenticationTokenException',
        'Missing Authentication Token: sign the request (Signature Version 4)',
        403,
      );
    }
    const api = apis.get(signed);
    if (!api)
      throw new AwsError(
        'UnknownServiceException',
        `The request is signed for ${signed}, which this cloud does not offer`,
        404,
      );
    const principal = identity.authenticate({
      method: request.method ?? 'GET',
      url: request.url ?? '/',
      headers: request.headers,
      body,
    });
    return { api, call: callOf(identity, principal, requestId) };
  };

  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    const requestId = randomUUID();
    response.setHeader('x-amzn-requestid', requestId);
    handle(request, response, requestId).catch((error: unknown) => {
      if (!(error instanceof AwsError)) onFault(error, requestId);
      refuse(request, response, error, requestId);
    });
  };

  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    socket.on('error', () => socket.destroy());
    const route =
      directory && isLocal(hostNameOf(request))
        ? longestPrefix(directory.upgrades, parseTarget(request).pathname)
        : undefined;
    if (!route) {
      socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n');
      return;
    }
    Promise.resolve(route.handle(request, socket, head)).catch((error: unknown) => {
      onFault(error, 'upgrade');
      socket.destroy();
    });
  };

  const listener = await listen({ port, certificate, onRequest, onUpgrade });
  return {
    port: listener.port,
    open: (identity, services) => {
      const apis = services.flatMap((service) => service.apis ?? []);
      const routes = services.flatMap((service) => service.routes ?? []);
      directory = {
        identity,
        apis: new Map(apis.map((api) => [api.signingName, api])),
        routes: byLength(routes.filter((route) => !route.isForHost)),
        hosts: routes.filter((route) => route.isForHost),
        upgrades: byLength(services.flatMap((service) => service.upgrades ?? [])),
      };
    },
    close: () => listener.close(),
  };
}

function byLength<Route extends { readonly prefix: string }>(routes: readonly Route[]): Route[] {
  return [...routes].sort((left, right) => right.prefix.length - left.prefix.length);
}

function longestPrefix<Route extends { readonly prefix: string }>(
  sorted: readonly Route[],
  path: string,
): Route | undefined {
  return sorted.find((route) => path.startsWith(route.prefix));
}

type Target = Pick<URL, 'pathname' | 'searchParams'>;

/** What a URL has nothing to find in, as most that is asked for: to make one takes longer than the rest of the door. */
const plainPath = /^\/[\w/-]*$/;
const none = new URLSearchParams();

function parseTarget(request: IncomingMessage): Target {
  const url = request.url ?? '/';
  if (plainPath.test(url)) return { pathname: url, searchParams: none };
  if (!url.startsWith('/') || !URL.canParse(`http://localhost${url}`)) {
    throw new AwsError('BadRequestException', 'The request target is not a path');
  }
  return new URL(`http://localhost${url}`);
}

function signedService(request: IncomingMessage, query: URLSearchParams): string | undefined {
  const credential =
    /^AWS4-HMAC-SHA256 +Credential=([^,\s]+)/.exec(request.headers.authorization ?? '')?.[1] ??
    query.get('X-Amz-Credential');
  return credential?.split('/').at(-2);
}

function hostNameOf(request: IncomingMessage): string {
  return (request.headers.host ?? '').replace(/:\d+$/, '').toLowerCase();
}

/** A page elsewhere must not reach this port through a name of its own that points at 127.0.0.1 (DNS rebinding). */
function isLocal(host: string): boolean {
  return /^(localhost|127\.0\.0\.1|\[::1\]|(.+\.)?localhost|.+\.amazonaws\.com)$/.test(host);
}

function foreignHost({ headers }: IncomingMessage): AwsError {
  return new AwsError('ForbiddenException', `The Host header is ${headers.host ?? 'missing'}: use localhost`, 403);
}

/** Browsers may call what AWS serves unsigned (Cognito's sign-in); `authorization` is not allowed, so nothing signed. */
function answerPreflight(response: ServerResponse): void {
  response.writeHead(204, {
    'access-control-allow-origin': '*',
    'access-control-allow-methods': 'POST, GET, OPTIONS',
    'access-control-allow-headers':
      'content-type, x-amz-target, x-amz-user-agent, amz-sdk-invocation-id, amz-sdk-request, cache-control',
    'access-control-max-age': '7200',
  });
  response.end();
}

function callOf(identity: Identity, principal: Principal, requestId: string): Call {
  return {
    requestId,
    principal,
    authorize: (action, resource, context) => identity.authorize(principal, action, resource, context),
  };
}

function anonymousCall(accountId: string, requestId: string): Call {
  return {
    requestId,
    principal: { accountId, arn: 'anonymous', userId: 'anonymous', roleArn: 'anonymous' },
    authorize: (action, resource) => {
      throw new AwsError('AccessDeniedException', `An unsigned request may not perform ${action} on ${resource}`, 403);
    },
  };
}
