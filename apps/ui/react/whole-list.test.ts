import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import type { WholeList } from './read-whole-list.ts';
import { changeWholeList } from './whole-list.ts';

interface Thing {
  readonly id: string;
  readonly size: number;
}
const document = { toString: () => 'query Things($first: Int) { … }' };
const queryKey = ['whole list', 'Things', {}];
const [small, large] = [
  { id: 'a', size: 1 },
  { id: 'b', size: 9 },
];

test('a change is shown in a whole list without reading it again', () => {
  const queries = new QueryClient();
  queries.setQueryData<WholeList<Thing>>(queryKey, { items: [small], complete: true });
  const items = () => queries.getQueryData<WholeList<Thing>>(queryKey)?.items;
  changeWholeList(queries, document, large, 'CREATED');
  expect(items()).toEqual([large, small]);
  changeWholeList(queries, document, { ...small, size: 2 }, 'UPDATED');
  expect(items()).toEqual([large, { id: 'a', size: 2 }]);
  changeWholeList(queries, document, large, 'CREATED');
  changeWholeList(queries, document, { id: 'of another time', size: 5 }, 'UPDATED');
  expect(items()).toHaveLength(2);
  changeWholeList(queries, document, large, 'DELETED');
  expect(items()).toEqual([{ id: 'a', size: 2 }]);
});

test('a list that is being read while something changes is begun anew', async () => {
  const queries = new QueryClient();
  const answers: ((whole: WholeList<Thing>) => void)[] = [];
  const observer = new QueryObserver<WholeList<Thing>>(queries, {
    queryKey,
    queryFn: () => new Promise<WholeList<Thing>>((resolve) => answers.push(resolve)),
  });
  const stop = observer.subscribe(() => undefined);
  await expect.poll(() => answers.length).toBe(1);
  changeWholeList(queries, document, large, 'CREATED');
  await expect.poll(() => answers.length).toBe(2);
  answers[0]?.({ items: [small], complete: true });
  answers[1]?.({ items: [large, small], complete: true });
  await expect.poll(() => observer.getCurrentResult().data?.items).toEqual([large, small]);
  stop();
});
