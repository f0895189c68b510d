import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpRoute } from '../service.ts';
import type { Cognito } from './context.ts';
import { issuer } from './tokens/issue-tokens.ts';

const path = /^\/([\w-]+_[0-9a-zA-Z]+)\/\.well-known\/(jwks\.json|openid-configuration)$/;

/** A pool's public keys and its OpenID description, at the paths that AWS serves them at. */
export function wellKnownRoute({
  pools,
  signingKeys,
  environment,
}: Pick<Cognito, 'pools' | 'signingKeys' | 'environment'>): HttpRoute {
  const { region } = environment;

  const documentOf = async (poolId: string, name: string): Promise<object> => {
    if (name === 'jwks.json') return signingKeys.jwks(poolId);
    return {
      issuer: issuer(region, poolId),
      jwks_uri: `${issuer(region, poolId)}/.well-known/jwks.json`,
      id_token_signing_alg_values_supported: ['RS256'],
      response_types_supported: ['code', 'token'],
      scopes_supported: ['openid', 'email', 'phone', 'profile'],
      subject_types_supported: ['public'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    };
  };

  return {
    prefix: `/${region}_`,
    async handle(request: IncomingMessage, response: ServerResponse) {
      const [, poolId = '', name = ''] = path.exec((request.url ?? '').split('?')[0] ?? '') ?? [];
      if (request.method !== 'GET' && request.method !== 'HEAD')
        return answer(response, 405, { message: 'Method not allowed: use GET' });
      if (!pools.findPool(poolId))
        return answer(response, 404, { message: `User pool ${poolId || 'of this path'} does not exist.` });
      answer(response, 200, await documentOf(poolId, name), request.method === 'HEAD');
    },
  };
}

function answer(response: ServerResponse, status: number, body: object, isHead = false): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    'access-control-allow-origin': '*',
    ...(status === 200 && { 'cache-control': 'public, max-age=86400' }),
  });
  response.end(isHead ? undefined : JSON.stringify(body));
}
