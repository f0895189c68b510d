import { AwsError } from '../../errors.ts';
import type { Clock, Environment, Functions, Identity, JsonObject, SignedRequest } from '../../service.ts';
import type { Caller } from '../execution/request-scope.ts';
import type { Api, AuthorizationMode } from '../model.ts';
import type { Store } from '../store.ts';
import { authenticateApiKey } from './api-key.ts';
import { authenticateIam } from './iam.ts';
import { createLambdaAuthorizers } from './lambda-authorizer.ts';

/** What a request, a WebSocket connection or a subscription shows to be let in. */
export interface Attempt {
  readonly requestId: string;
  /** By their names in lower case. */
  readonly headers: JsonObject;
  readonly sourceIp: string;
  /** What a signature must cover: asked for where one is checked, and nowhere else. */
  readonly signed: () => SignedRequest;
  /** What the authorizer function is told. */
  readonly queryString: string;
  readonly operationName: string | undefined;
  readonly variables: JsonObject;
}

export interface AuthenticatorDependencies {
  readonly store: Store;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly identity: Identity;
  readonly functions: Functions;
}

/** Answers who the caller is; throws AwsError (401 or 403) if none of the API's modes lets it in. */
export type Authenticate = (api: Api, attempt: Attempt) => Promise<Caller>;

export function createAuthenticate(dependencies: AuthenticatorDependencies): Authenticate {
  const { store, clock, identity } = dependencies;
  const authorizers = createLambdaAuthorizers(dependencies);
  return async (api, attempt) => {
    const mode = modeOf(api, attempt.headers);
    if (mode === 'API_KEY') return authenticateApiKey(store, clock, api, attempt);
    if (mode === 'AWS_IAM') return authenticateIam(store, identity, api, attempt);
    return await authorizers.authenticate(api, attempt);
  };
}

/** By the header that carries the credential, among the modes that the API has. */
function modeOf(api: Api, headers: JsonObject): AuthorizationMode {
  const has = (mode: AuthorizationMode) => api.defaultMode === mode || api.additionalModes.includes(mode);
  const authorization = headers['authorization'];
  if (has('AWS_IAM') && typeof authorization === 'string' && authorization.startsWith('AWS4-HMAC-SHA256')) {
    return 'AWS_IAM';
  }
  if (has('API_KEY') && typeof headers['x-api-key'] === 'string') return 'API_KEY';
  if (has('AWS_LAMBDA') && typeof authorization === 'string' && authorization !== '') return 'AWS_LAMBDA';
  throw new AwsError('UnauthorizedException', 'Valid authorization header not provided.', 401);
}
