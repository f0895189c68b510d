import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { AwsError } from '../../errors.ts';
import type { Environment, InvocationResult, Json } from '../../service.ts';
import { createMemoryState } from '../../state/memory.ts';
import type { Api, LambdaAuthorizer } from '../model.ts';
import { createStore } from '../store.ts';
import { createLambdaAuthorizers } from './lambda-authorizer.ts';

const environment: Environment = {
  accountId: '000000000000',
  region: 'us-east-1',
  partition: 'aws',
  endpoint: 'http://localhost:4566',
  certificateAuthority: '',
  folder: '',
};
const api: Api = {
  apiId: 'api',
  name: 'shop',
  defaultMode: 'AWS_LAMBDA',
  additionalModes: [],
  fieldLogLevel: 'NONE',
  excludeVerboseContent: false,
  xrayEnabled: false,
  visibility: 'GLOBAL',
  introspection: true,
  queryDepthLimit: 0,
  resolverCountLimit: 0,
  environment: {},
  tags: {},
};

/** An API of which a function that answers so lets callers in, on a clock that the test moves. */
function given(answer: () => Json | Promise<Json>, settings: Partial<LambdaAuthorizer> = {}) {
  let now = 0;
  let asked = 0;
  const authorizers = createLambdaAuthorizers({
    store: createStore(createMemoryState(), environment),
    environment,
    clock: { now: () => now },
    functions: {
      async invoke(): Promise<InvocationResult> {
        asked += 1;
        return { payload: await answer(), failed: false };
      },
      invokeLater: () => Promise.reject(new AwsError('UnknownOperationException', 'An authorizer is waited for')),
    },
  });
  const lambdaAuthorizer = { functionArn: 'arn:authorizer', resultTtlSeconds: 60, ...settings };
  return {
    /** Whether the token lets its caller in. */
    async admits(authorization = 'token'): Promise<boolean> {
      const attempt = {
        requestId: 'r',
        headers: { authorization },
        sourceIp: '127.0.0.1',
        signed: () => ({ method: 'POST', url: '/', headers: {}, body: Buffer.alloc(0) }),
        queryString: '{ a }',
        operationName: undefined,
        variables: {},
      };
      try {
        await authorizers.authenticate({ ...api, lambdaAuthorizer }, attempt);
        return true;
      } catch (error) {
        expect(error).toMatchObject({ code: 'UnauthorizedException', status: 401 });
        return false;
      }
    },
    moveTo: (seconds: number) => (now = seconds * 1000),
    asked: () => asked,
  };
}

describe('an authorizer’s time', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is ten seconds, then nobody is let in', async () => {
    const authorizer = given(() => new Promise(() => undefined));
    let admitted: boolean | undefined;
    const asking = authorizer.admits().then((answer) => (admitted = answer));
    await vi.advanceTimersByTimeAsync(9_999);
    expect(admitted).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect(await asking).toBe(false);
  });

  it('is not over for an answer that comes just before, and leaves no timer behind', async () => {
    let answer: (payload: Json) => void = () => undefined;
    const asking = given(() => new Promise((resolve) => (answer = resolve))).admits();
    await vi.advanceTimersByTimeAsync(9_999);
    answer({ isAuthorized: true });
    expect(await asking).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('an authorizer’s answer', () => {
  it.each<[string, Json, number]>([
    ['as the API says', null, 60],
    ['as it says itself', 7, 7],
    ['an hour at most', 7_200, 3_600],
  ])('is kept %s', async (_, ttlOverride, seconds) => {
    const authorizer = given(() => ({ isAuthorized: true, ttlOverride }));
    await authorizer.admits();
    authorizer.moveTo(seconds - 0.001);
    await authorizer.admits();
    expect(authorizer.asked()).toBe(1);
    authorizer.moveTo(seconds);
    await authorizer.admits();
    expect(authorizer.asked()).toBe(2);
  });

  /** An answer of that many bytes, in letters of two. */
  const answerOf = (bytes: number): Json => {
    const empty = Buffer.byteLength(JSON.stringify({ isAuthorized: true, resolverContext: { text: '' } }));
    const odd = (bytes - empty) % 2;
    return { isAuthorized: true, resolverContext: { text: 'é'.repeat((bytes - empty - odd) / 2) + 'x'.repeat(odd) } };
  };

  it.each([
    ['just below 1 MiB is kept', 1024 * 1024 - 1, 1],
    ['of 1 MiB is not', 1024 * 1024, 2],
  ])('%s', async (_, bytes, asked) => {
    const answer = answerOf(bytes);
    expect(Buffer.byteLength(JSON.stringify(answer))).toBe(bytes);
    const authorizer = given(() => answer);
    expect([await authorizer.admits(), await authorizer.admits()]).toEqual([true, true]);
    expect(authorizer.asked()).toBe(asked);
  });

  it.each([
    ['a context of 5 MB lets in', 5 * 1024 * 1024, true],
    ['a context of more does not', 5 * 1024 * 1024 + 1, false],
  ])('%s', async (_, bytes, admitted) => {
    const around = Buffer.byteLength(JSON.stringify({ isAuthorized: true, resolverContext: null })) - 'null'.length;
    const answer = answerOf(bytes + around);
    expect(await given(() => answer).admits()).toBe(admitted);
  });
});

describe('the IdentityValidationExpression', () => {
  it.each([
    ['Bearer abc', true],
    ['Bearer ', false],
    ['xBearer abc', false],
    ['Bearer abc!', false],
  ])('decides before the function is asked: %j', async (token, admitted) => {
    const authorizer = given(() => ({ isAuthorized: true }), { identityValidationExpression: 'Bearer [a-z]+' });
    expect(await authorizer.admits(token)).toBe(admitted);
    expect(authorizer.asked()).toBe(admitted ? 1 : 0);
  });
});
