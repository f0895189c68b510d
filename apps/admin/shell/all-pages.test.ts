import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { queryKey } from '../../ui/react/queries.ts';
import type { WholeList } from '../../ui/react/read-whole-list.ts';
import { showInLists } from './all-pages.ts';

interface Tenant {
  readonly id: string;
  readonly slug: string;
  readonly status?: string;
}
const document = { toString: () => 'query Tenants { … }' };
const whole = [...queryKey(document), 'all'];
const page = queryKey(document, { filter: {} });

function show(node: Tenant, complete = true): QueryClient {
  const queries = new QueryClient();
  const items = ['beech', 'elm'].map((slug) => ({ id: slug, slug }));
  queries.setQueryData<WholeList<Tenant>>(whole, { items, complete });
  queries.setQueryData(page, {});
  showInLists(queries, document, { node, idOf: ({ id }) => id, orderOf: ({ slug }) => slug });
  return queries;
}
const slugs = (queries: QueryClient): readonly string[] | undefined =>
  queries.getQueryData<WholeList<Tenant>>(whole)?.items.map(({ slug }) => slug);

test('a change is shown in the whole list without reading it anew; other lists are read anew', () => {
  const queries = show({ id: 'elm', slug: 'elm', status: 'SUSPENDED' });
  expect(queries.getQueryData<WholeList<Tenant>>(whole)?.items[1]).toMatchObject({ status: 'SUSPENDED' });
  expect(queries.getQueryState(whole)?.isInvalidated).toBe(false);
  expect(queries.getQueryState(page)?.isInvalidated).toBe(true);
});

test('who is new has their place in its order, and none behind the end of a part', () => {
  expect(slugs(show({ id: 'new', slug: 'cedar' }))).toEqual(['beech', 'cedar', 'elm']);
  expect(slugs(show({ id: 'new', slug: 'yew' }))).toEqual(['beech', 'elm', 'yew']);
  expect(slugs(show({ id: 'new', slug: 'yew' }, false))).toEqual(['beech', 'elm']);
  expect(slugs(show({ id: 'new', slug: 'cedar' }, false))).toEqual(['beech', 'cedar', 'elm']);
});

test('while it is being read it is read once more', async () => {
  const queries = new QueryClient();
  let reads = 0;
  const observer = new QueryObserver<WholeList<Tenant>>(queries, {
    queryKey: whole,
    queryFn: ({ signal }) =>
      new Promise((resolve, reject) => {
        reads += 1;
        signal.addEventListener('abort', () => reject(new Error('Aborted')));
        if (reads === 2) resolve({ items: [], complete: true });
      }),
  });
  const stop = observer.subscribe(() => undefined);
  expect(reads).toBe(1);
  showInLists(queries, document, {
    node: { id: 'new', slug: 'new' },
    idOf: ({ id }) => id,
    orderOf: ({ slug }) => slug,
  });
  await expect.poll(() => observer.getCurrentResult().status).toBe('success');
  expect(reads).toBe(2);
  stop();
});
