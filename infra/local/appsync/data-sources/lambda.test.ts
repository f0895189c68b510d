import { afterEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../errors.ts';
import type { InvocationResult, Json } from '../../service.ts';
import { trustingIdentity } from '../../testing/trusting-identity.ts';
import { createBatchQueue } from '../execution/batch-queue.ts';
import type { DataSourceAnswer } from './data-source.ts';
import { lambdaDataSource } from './lambda.ts';

const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:stock';
const role = trustingIdentity.assumeServiceRole('role', 'appsync.amazonaws.com', 's');

/** What was asked of the function, in order. */
let invoked: { readonly how: 'now' | 'later'; readonly caller: unknown; readonly payload: Json }[] = [];
let answer: (payload: Json) => InvocationResult = (payload) => ({ payload, failed: false });
afterEach(() => {
  invoked = [];
  answer = (payload) => ({ payload, failed: false });
});

const source = lambdaDataSource(
  {
    invoke: async (caller, _arn, payload) => {
      invoked.push({ how: 'now', caller, payload });
      return answer(payload);
    },
    invokeLater: async (caller, _arn, payload) => {
      invoked.push({ how: 'later', caller, payload });
      answer(payload);
    },
  },
  () => role,
  functionArn,
);

const single = (request: Json): Promise<DataSourceAnswer> =>
  source.invoke(request, { caller: 'Query.a', maxBatchSize: 0, batches: createBatchQueue() });

/** The items of one request's siblings, each of one resolver. */
function batch(items: readonly Json[], maxBatchSize: number, callers = ['Product.stock']): Promise<DataSourceAnswer[]> {
  const batches = createBatchQueue();
  return Promise.all(
    items.flatMap((payload) =>
      callers.map((caller) => source.invoke({ operation: 'BatchInvoke', payload }, { caller, maxBatchSize, batches })),
    ),
  );
}

const refuse = (code: string) => (): never => {
  throw new AwsError(code, 'The function refuses', 403);
};

describe('Invoke', () => {
  it('waits for what the function answers, as the role of the data source', async () => {
    expect(await single({ operation: 'Invoke', payload: { id: 1 } })).toEqual({ result: { id: 1 } });
    expect(invoked).toEqual([{ how: 'now', caller: role, payload: { id: 1 } }]);
  });

  it('of the type Event does not wait, and has no result', async () => {
    const request = { operation: 'Invoke', payload: { id: 1 }, invocationType: 'Event' };
    expect(await single(request)).toEqual({ result: null });
    expect(invoked).toEqual([{ how: 'later', caller: role, payload: { id: 1 } }]);
    answer = refuse('AccessDeniedException');
    expect(await single(request)).toEqual({
      result: null,
      error: { type: 'Lambda:AccessDeniedException', message: 'The function refuses' },
    });
  });

  it('hands errors to the response handler', async () => {
    answer = () => ({ payload: { errorType: 'Error', errorMessage: 'boom' }, failed: true });
    expect(await single({ operation: 'Invoke' })).toEqual({
      result: null,
      error: { type: 'Lambda:Unhandled', message: 'boom' },
    });
    answer = refuse('TooManyRequestsException');
    expect(await single({ operation: 'Invoke' })).toMatchObject({ error: { type: 'Lambda:TooManyRequestsException' } });
  });

  it.each<[Json]>([
    [{ operation: 'Nope' }],
    [{ operation: 'Invoke', invocationType: 'DryRun' }],
    [{ operation: 'Invoke', colour: 1 }],
    [null],
  ])('is refused if it is wrong: %j', async (request) => {
    await expect(single(request)).rejects.toMatchObject({ errorType: 'MappingTemplate' });
    expect(invoked).toEqual([]);
  });
});

describe('BatchInvoke', () => {
  const seven = [1, 2, 3, 4, 5, 6, 7];
  const sizes = () => invoked.map(({ payload }) => (payload as Json[]).length);

  it.each([
    ['five at most where no size is named', 0, [5, 2]],
    ['what is named at most', 3, [3, 3, 1]],
    ['all if there is room', 10, [7]],
    ['one by one', 1, [1, 1, 1, 1, 1, 1, 1]],
  ])('gathers siblings: %s', async (_, maxBatchSize, expected) => {
    expect(await batch(seven, maxBatchSize)).toEqual(seven.map((result) => ({ result })));
    expect(sizes()).toEqual(expected);
  });

  it('gathers those of one resolver only', async () => {
    await batch(['a', 'b'], 10, ['Product.stock', 'Product.price']);
    expect(invoked.map(({ payload }) => payload)).toEqual([
      ['a', 'b'],
      ['a', 'b'],
    ]);
  });

  it('reads each result by itself', async () => {
    const results: Json = [5, { data: 6, errorMessage: null }, { data: null, errorMessage: 'gone', errorType: 'Gone' }];
    answer = () => ({ payload: results, failed: false });
    expect(await batch(['a', 'b', 'c'], 3)).toEqual([
      { result: 5 },
      { result: 6 },
      { result: null, error: { type: 'Gone', message: 'gone' } },
    ]);
  });

  it.each<[string, () => InvocationResult, string]>([
    ['answers fewer results', () => ({ payload: [1], failed: false }), 'Lambda:IllegalArgument'],
    ['answers no list', () => ({ payload: { 0: 1 }, failed: false }), 'Lambda:IllegalArgument'],
    ['fails', () => ({ payload: { errorMessage: 'boom' }, failed: true }), 'Lambda:Unhandled'],
    ['refuses', refuse('AccessDeniedException'), 'Lambda:AccessDeniedException'],
  ])('fails for all of a batch if the function %s', async (_, given, type) => {
    answer = given;
    expect(await batch(['a', 'b'], 2)).toMatchObject([
      { result: null, error: { type } },
      { result: null, error: { type } },
    ]);
  });
});
