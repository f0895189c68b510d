import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import type { TypedDocument } from '../graphql/document.ts';
import { queryKey } from './queries.ts';
import { showPushed } from './show-pushed.ts';

interface Shown {
  readonly status: string;
}
const document: TypedDocument<Shown, { readonly id: string }> = { toString: () => 'query Rollout($id: ID!) { … }' };
const variables = { id: 'r1' };

test('a read that was under way when a change was told does not hide it', async () => {
  const queries = new QueryClient();
  const answers: ((shown: Shown) => void)[] = [];
  const observer = new QueryObserver<Shown>(queries, {
    queryKey: queryKey(document, variables),
    queryFn: () => new Promise<Shown>((resolve) => answers.push(resolve)),
  });
  const stop = observer.subscribe(() => undefined);
  answers[0]?.({ status: 'RUNNING' });
  await expect.poll(() => observer.getCurrentResult().data?.status).toBe('RUNNING');

  void queries.invalidateQueries({ queryKey: queryKey(document) });
  await expect.poll(() => answers.length).toBe(2);
  await showPushed(queries, document, variables, { status: 'ABORTED' });
  answers[1]?.({ status: 'RUNNING' });
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(observer.getCurrentResult()).toMatchObject({ data: { status: 'ABORTED' }, fetchStatus: 'idle' });
  stop();
});

test('a change that is told while the first read is under way is shown at once', async () => {
  const queries = new QueryClient();
  const observer = new QueryObserver<Shown>(queries, {
    queryKey: queryKey(document, variables),
    queryFn: () => new Promise<Shown>(() => undefined),
  });
  const stop = observer.subscribe(() => undefined);
  await showPushed(queries, document, variables, { status: 'ABORTED' });
  expect(observer.getCurrentResult().data).toEqual({ status: 'ABORTED' });
  stop();
});
