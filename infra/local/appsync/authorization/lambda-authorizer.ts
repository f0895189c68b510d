import type { Clock, Environment, Functions, Json, JsonObject } from '../../service.ts';
import type { Caller } from '../execution/request-scope.ts';
import type { Api, LambdaAuthorizer } from '../model.ts';
import type { Store } from '../store.ts';
import type { Attempt } from './authenticate.ts';
import { createAnswerCache } from './answer-cache.ts';
import { readAnswer, type AuthorizerAnswer } from './authorizer-answer.ts';
import { unauthorized } from './unauthorized.ts';

export interface LambdaAuthorizers {
  authenticate(api: Api, attempt: Attempt): Promise<Caller>;
}

export interface LambdaAuthorizerDependencies {
  readonly store: Store;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly functions: Functions;
}

const timeoutMilliseconds = 10_000;

/**
 * AWS_LAMBDA: a function decides by the token of the request. Its answer is kept by API and token, and nothing else.
 *
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/security-authz.html#aws-lambda-authorization
 */
export function createLambdaAuthorizers(dependencies: LambdaAuthorizerDependencies): LambdaAuthorizers {
  const { store, environment, clock, functions } = dependencies;
  const cache = createAnswerCache(clock);
  /** Asked already and not answered yet, by API and token. */
  const pending = new Map<string, Promise<AuthorizerAnswer>>();
  store.onChange((apiId) => cache.forget(apiId));

  const ask = async (
    api: Api,
    authorizer: LambdaAuthorizer,
    token: string,
    attempt: Attempt,
  ): Promise<AuthorizerAnswer> => {
    const caller = { service: 'appsync.amazonaws.com', sourceArn: store.arn(api.apiId) };
    const event = eventOf(api, environment, token, attempt);
    const invoked = await withinTime(functions.invoke(caller, authorizer.functionArn, event));
    if (!invoked || invoked.failed) throw unauthorized();
    const answer = readAnswer(invoked.payload, store.arn(api.apiId), authorizer.resultTtlSeconds);
    if (!answer) throw unauthorized();
    cache.put(api.apiId, token, answer);
    return answer;
  };

  /**
   * Those who come with a token that is being asked for wait for that answer, and take it if it may be kept at all.
   */
  const decide = async (
    api: Api,
    authorizer: LambdaAuthorizer,
    token: string,
    attempt: Attempt,
  ): Promise<AuthorizerAnswer> => {
    const known = cache.get(api.apiId, token);
    if (known) return known;
    const key = `${api.apiId} ${token}`;
    const asked = pending.get(key);
    if (asked) {
      await asked.catch(() => undefined);
      return cache.get(api.apiId, token) ?? (await ask(api, authorizer, token, attempt));
    }
    const asking = ask(api, authorizer, token, attempt).finally(() => pending.delete(key));
    pending.set(key, asking);
    return await asking;
  };

  return {
    async authenticate(api, attempt) {
      const authorizer = api.lambdaAuthorizer;
      const token = attempt.headers['authorization'];
      if (!authorizer || typeof token !== 'string') throw unauthorized();
      requireExpression(authorizer, token);
      const answer = await decide(api, authorizer, token, attempt);
      if (!answer.isAuthorized) throw unauthorized();
      return {
        mode: 'AWS_LAMBDA',
        identity: { resolverContext: answer.resolverContext },
        deniedFields: answer.deniedFields,
        secrets: [token],
      };
    },
  };
}

function eventOf(api: Api, environment: Environment, token: string, attempt: Attempt): JsonObject {
  return {
    authorizationToken: token,
    requestContext: {
      apiId: api.apiId,
      accountId: environment.accountId,
      requestId: attempt.requestId,
      queryString: attempt.queryString,
      operationName: attempt.operationName ?? null,
      variables: attempt.variables,
    },
    requestHeaders: attempt.headers,
  };
}

function requireExpression({ identityValidationExpression }: LambdaAuthorizer, token: string): void {
  if (identityValidationExpression === undefined) return;
  if (!new RegExp(`^(?:${identityValidationExpression})$`, 'u').test(token)) throw unauthorized();
}

/** `undefined` if the function takes longer than AppSync waits, or cannot be invoked at all: both deny. */
async function withinTime(
  invocation: Promise<{ readonly payload: Json; readonly failed: boolean }>,
): Promise<{ readonly payload: Json; readonly failed: boolean } | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), timeoutMilliseconds);
  });
  try {
    return await Promise.race([invocation, late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}
