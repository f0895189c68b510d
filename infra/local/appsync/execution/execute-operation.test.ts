import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { buildSchema } from '../definition/build-schema.ts';
import type { CompiledApi } from './compile-api.ts';
import { createDocuments } from './documents.ts';
import { executeOperation, type Outcome } from './execute-operation.ts';
import { prepareOperation } from './prepare-operation.ts';

/** An API whose field `slow` answers when the test says so. */
function slowApi(): { readonly api: CompiledApi; answer(value: string): void } {
  const schema = buildSchema('type Query { slow: String }');
  let answer: (value: string) => void = () => undefined;
  const promise = new Promise<string>((resolve) => (answer = resolve));
  const field = schema.getQueryType()?.getFields()['slow'];
  if (field) field.resolve = () => promise;
  const record: CompiledApi['record'] = {
    apiId: 'api',
    name: 'slow',
    defaultMode: 'API_KEY',
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
  return {
    api: { record, schema, documents: createDocuments(schema), subscribersOf: new Map() },
    answer: (value) => answer(value),
  };
}

describe('a request’s time', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function run(api: CompiledApi): Promise<Outcome> {
    const prepared = prepareOperation(api, { query: '{ slow }', operationName: undefined, variables: {} }, 'http');
    if ('errors' in prepared) throw new Error('The query is refused');
    return executeOperation({
      api,
      operation: prepared.operation,
      caller: { mode: 'API_KEY', identity: null, deniedFields: new Set(), secrets: [] },
      request: { headers: {}, domainName: null },
      onFault: (fault) => expect.unreachable(String(fault)),
    });
  }

  it('is thirty seconds: whatever has not ended by then fails as a whole', async () => {
    const { api } = slowApi();
    let outcome: Outcome | undefined;
    const running = run(api).then((ended) => (outcome = ended));
    await vi.advanceTimersByTimeAsync(29_999);
    expect(outcome).toBeUndefined();
    await vi.advanceTimersByTimeAsync(1);
    expect((await running).body).toMatchObject({ data: null, errors: [{ errorType: 'ExecutionTimeout' }] });
  });

  it('is not over for what ends just before, and leaves no timer behind', async () => {
    const { api, answer } = slowApi();
    const running = run(api);
    await vi.advanceTimersByTimeAsync(29_999);
    answer('late');
    expect((await running).body).toEqual({ data: { slow: 'late' } });
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});
