import { expect, test } from 'vitest';
import { SignInError } from '../session/steps.ts';
import { createGraphqlClient, type GraphqlClientOptions } from './client.ts';
import {
  AccessRefusedError,
  ForbiddenError,
  QuotaExceededError,
  SignedOutError,
  TooManyRequestsError,
  UnreachableError,
} from './errors.ts';
import { explain } from './explain.ts';

const query = 'query Things { things }';
const mutation = 'mutation Change { change }';

type Answer = Error | { readonly status?: number; readonly body: unknown };
const data: Answer = { body: { data: { things: 1 } } };
const refusal = (errorType: string, errorInfo: object = {}, status = 200): Answer => ({
  status,
  body: { data: null, errors: [{ message: 'No', errorType, errorInfo }] },
});

/** A client whose server gives these answers, one after the other; what was waited for is kept. */
function aClient(...answers: Answer[]) {
  return aClientThat({}, ...answers);
}

function aClientThat(options: Pick<GraphqlClientOptions, 'renew'>, ...answers: Answer[]) {
  const waits: number[] = [];
  let calls = 0;
  const client = createGraphqlClient({
    url: 'https://api.example/graphql',
    authorize: () => Promise.resolve({ authorization: 'token' }),
    ...options,
    random: () => 0.5,
    sleep: async (milliseconds) => void waits.push(milliseconds),
    fetch: async () => {
      const answer = answers[Math.min(calls, answers.length - 1)];
      calls += 1;
      if (!answer || answer instanceof Error) throw answer ?? new Error('No answer');
      const headers = { 'x-amzn-requestid': 'request-1' };
      return new Response(JSON.stringify(answer.body), { status: answer.status ?? 200, headers });
    },
  });
  const request = (document: string, options = {}) => client.request(document as never, {}, options);
  return { request, waits, calls: () => calls };
}

test('answers the data', async () => {
  expect(await aClient(data).request(query)).toEqual({ things: 1 });
});

test('what was too fast is sent again, never before the API says so, also a mutation', async () => {
  for (const document of [query, mutation]) {
    const { request, waits } = aClient(refusal('TooManyRequests', { retryAfterMs: 400 }), data);
    await request(document);
    expect(waits).toEqual([525]);
  }
});

test('what a move holds up is sent again, also a mutation', async () => {
  const { request, waits } = aClient(refusal('TenantMoving', { retryAfterMs: 2000 }), data);
  expect(await request(mutation)).toEqual({ things: 1 });
  expect(waits).toEqual([2125]);
});

test('a denied token is renewed once, and the request sent again', async () => {
  let renewals = 0;
  const renew = async () => void (renewals += 1);
  const denial = refusal('UnauthorizedException', {}, 401);
  expect(await aClientThat({ renew }, denial, data).request(mutation)).toEqual({ things: 1 });
  expect(renewals).toBe(1);
  const denied = aClientThat({ renew }, denial);
  await expect(denied.request(query)).rejects.toBeInstanceOf(SignedOutError);
  expect(denied.calls()).toBe(2);
  expect(renewals).toBe(2);
});

test('where no token is given, the pool’s reason is what a person is told', async () => {
  const renew = ({ requestId }: SignedOutError) =>
    Promise.reject(new AccessRefusedError('This workspace is suspended. Ask the support. Or wait.', requestId));
  const { request, calls } = aClientThat({ renew }, refusal('UnauthorizedException', {}, 401));
  const error = await request(query).catch((fault: unknown) => fault);
  expect(calls()).toBe(1);
  expect(explain(error)).toMatchObject({
    title: 'This workspace is suspended',
    nextStep: 'Ask the support. Or wait.',
    requestId: 'request-1',
    tone: 'calm',
  });
});

test('a long wait is the caller’s to show', async () => {
  const { request, waits } = aClient(refusal('TooManyRequests', { retryAfterMs: 60_000 }));
  const error = await request(query).catch((fault: unknown) => fault);
  expect(error).toBeInstanceOf(TooManyRequestsError);
  expect(error).toMatchObject({ retryAfterMs: 60_000, requestId: 'request-1' });
  expect(waits).toEqual([]);
  const retryAt = new Date('2026-01-01T00:01:00Z');
  expect(explain(error, new Date('2026-01-01T00:00:00Z'))).toMatchObject({ tone: 'calm', retryAt });
});

test('what is told without a request’s id asks for none, and the sign-in’s own errors keep their code', () => {
  expect(explain(new Error('Odd')).nextStep).toBe(
    'Try again; if it stays, tell the support what is said here, and when it was.',
  );
  expect(explain(new SignInError('LimitExceededException', 'Too many attempts.'))).toMatchObject({
    title: 'The sign-in service refused this',
    cause: 'Too many attempts.',
    code: 'LimitExceededException',
  });
});

test('a mutation without an answer is not sent again, unless it may be', async () => {
  const away = new TypeError('fetch failed');
  const once = aClient(away);
  await expect(once.request(mutation)).rejects.toBeInstanceOf(UnreachableError);
  expect(once.calls()).toBe(1);
  expect(await aClient(away, data).request(mutation, { repeatable: true })).toEqual({ things: 1 });
  const stubborn = aClient(away);
  await expect(stubborn.request(query)).rejects.toBeInstanceOf(UnreachableError);
  expect(stubborn.calls()).toBe(4);
});

test('a gateway’s error is tried again, a refusal is not', async () => {
  expect(await aClient({ status: 502, body: 'bad gateway' }, data).request(query)).toEqual({ things: 1 });
  const resetsAt = '2026-12-01T00:00:00Z';
  await expect(aClient(refusal('QuotaExceeded', { resetsAt })).request(query)).rejects.toEqual(
    new QuotaExceededError('No', 'request-1', new Date(resetsAt)),
  );
  await expect(aClient(refusal('Unauthorized')).request(query)).rejects.toBeInstanceOf(ForbiddenError);
  await expect(aClient(refusal('UnauthorizedException', {}, 401)).request(query)).rejects.toBeInstanceOf(
    SignedOutError,
  );
});

test('an abort ends it at once', async () => {
  const controller = new AbortController();
  controller.abort();
  const { request, calls } = aClient(new DOMException('Aborted', 'AbortError'), data);
  await expect(request(query, { signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' });
  expect(calls()).toBe(1);
});
