import { afterEach, expect, test, vi } from 'vitest';
import type { Guest } from '../../shell/guest.ts';
import { runProbe } from './probe.ts';
import { tenantProbes } from './tenant-probes.ts';

afterEach(() => vi.unstubAllGlobals());

const pool = { userPoolId: 'p', userPoolClientId: 'c', realtimeUrl: '' };
const tokenOf = (name: string): string => ['e30', btoa(JSON.stringify({ sub: name })), name].join('.');
const aGuest = (slug: string): Guest => ({
  ...{ slug, email: `${slug}@x.example`, role: 'TENANT_USER', token: tokenOf(slug) },
  routing: { ...pool, graphqlUrl: 'https://api.example/graphql', region: 'eu-west-1', userPoolEndpoint: null },
});
const config = {
  region: 'eu-west-1',
  controlPlane: { ...pool, graphqlUrl: 'https://control.example/graphql', apiKey: '' },
  apps: { landing: '', saas: '', admin: '' },
};

type Body = { readonly data: object | null; readonly errors?: readonly object[] };
const error = (errorType: string): Body => ({ data: null, errors: [{ errorType, message: 'No' }] });
const products: Body = { data: { products: { edges: [{ cursor: 'c1', node: { id: 'p1' } }] } } };
const denied = error('UnauthorizedException');
const inPayload = (field: string, code: string): Body => ({
  data: { [field]: { userErrors: [{ code, message: '' }] } },
});

/** What a well isolated API answers to each probe. */
const refusals: Readonly<Record<string, Body>> = {
  read: { data: { product: null } },
  write: inPayload('updateProduct', 'NOT_FOUND'),
  order: inPayload('createOrder', 'PRODUCT_GONE'),
  cursor: { data: null, errors: [{ errorType: 'BadRequest', message: 'after: this cursor is of another list' }] },
  'changed-token': denied,
  'control-plane': denied,
};

/** Each probe's verdict where its own request, or one for the own products of who asks, is answered like this. */
async function verdicts(answerTo: (probe: string) => Body, own: Body = products): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const probe of tenantProbes(aGuest('fox'), aGuest('hen'), config)) {
    const name = probe.id.replace('fox-hen-', '');
    vi.stubGlobal('fetch', async (url: string, { headers, body }: RequestInit) => {
      const { query, variables } = JSON.parse(String(body)) as { query: string; variables: object };
      const { authorization = '' } = headers as Record<string, string>;
      const isOwnList = query.includes('edges { cursor') && url === 'https://api.example/graphql';
      const isPrepared = isOwnList && Object.keys(variables).length === 0;
      const answer =
        isPrepared && authorization === tokenOf('hen')
          ? products
          : isPrepared && authorization === tokenOf('fox')
          ? own
          : answerTo(name);
      return new Response(JSON.stringify(answer), { status: answer === denied ? 401 : 200 });
    });
    found[name] = (await runProbe(probe)).verdict;
  }
  return found;
}

const all = (verdict: string) => Object.fromEntries(Object.keys(refusals).map((name) => [name, verdict]));

test('what is answered as of an id that nobody has is refused', async () => {
  expect(await verdicts((name) => refusals[name] ?? products)).toEqual(all('refused'));
});

test.each(['TooManyRequests', 'QuotaExceeded', 'GateUnavailable'])(
  'an error of the kind %s is no refusal',
  async (type) => {
    expect(await verdicts(() => error(type))).toEqual(all('not tried'));
  },
);

test('nothing is proved by who is refused their own products too', async () => {
  expect(await verdicts((name) => refusals[name] ?? products, denied)).toEqual(all('not tried'));
});

test('what is answered, or found to be there, is let through', async () => {
  const leaks: Readonly<Record<string, Body>> = {
    read: { data: { product: { id: 'p1' } } },
    // Of its version says who can see it.
    write: inPayload('updateProduct', 'VERSION_CONFLICT'),
    order: { data: { createOrder: { order: { id: 'o1' }, userErrors: [] } } },
    'control-plane': { data: { tenants: { edges: [] } } },
  };
  expect(await verdicts((name) => leaks[name] ?? products)).toEqual(all('let through'));
});
