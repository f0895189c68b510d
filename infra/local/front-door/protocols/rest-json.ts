import { AwsError } from '../../errors.ts';
import type { ApiResponse, ApiService, Operation } from '../../service.ts';

export interface RestRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** `/v1/apis/{apiId}/types`; a last `{name+}` takes the rest of the path. */
  readonly path: string;
  readonly operation: Operation;
  /** 200 unless said. */
  readonly status?: number;
}

export interface RestJsonProtocolOptions {
  readonly signingName: string;
  readonly routes: readonly RestRoute[];
}

/**
 * AWS REST JSON: the operation in method and path. An operation's input is the path's parameters, the query's and the
 * JSON body's members in one object. Source: Smithy, "AWS REST JSON 1 protocol".
 */
export function restJsonProtocol({ signingName, routes }: RestJsonProtocolOptions): ApiService {
  const compiled = routes.map((route) => ({ ...route, pattern: compilePath(route.path) }));

  return {
    signingName,
    async handle(request) {
      try {
        for (const route of compiled) {
          const match = route.method === request.method ? route.pattern.exec(request.path) : null;
          if (!match) continue;
          const input = {
            ...parseBody(request.body),
            ...queryMembers(request.query),
            ...decodeGroups(match.groups ?? {}),
          };
          return answer(route.status ?? 200, await route.operation(request.call, input as never));
        }
        throw new AwsError(
          'UnknownOperationException',
          `${request.method} ${request.path} is no operation of ${signingName} here`,
          404,
        );
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        const body = { ...error.fields, __type: error.code, message: error.message };
        return answer(error.status, body, { 'x-amzn-errortype': error.code });
      }
    },
  };
}

function compilePath(path: string): RegExp {
  const escaped = path.replace(/[.+]/g, (character) => (character === '+' ? '+' : '\\.'));
  const pattern = escaped.replace(/\{(\w+)(\+?)\}/g, (_, name: string, rest: string) =>
    rest ? `(?<${name}>.+)` : `(?<${name}>[^/]+)`,
  );
  return new RegExp(`^${pattern}/?$`);
}

function decodeGroups(groups: Record<string, string>): Record<string, string> {
  try {
    return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]));
  } catch {
    throw new AwsError('BadRequestException', 'The path is not properly percent-encoded');
  }
}

function queryMembers(query: URLSearchParams): Record<string, string | string[]> {
  const members: Record<string, string | string[]> = {};
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name);
    members[name] = values.length > 1 ? values : values[0] ?? '';
  }
  return members;
}

function parseBody(body: Buffer): Record<string, unknown> {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Reported below, like any other body that is no object.
  }
  throw new AwsError('SerializationException', 'The body is not a JSON object');
}

function answer(status: number, body: unknown, headers: Record<string, string> = {}): ApiResponse {
  return {
    status,
    headers: { 'content-type': 'application/json', ...headers },
    body: body === undefined ? '' : JSON.stringify(body),
  };
}
