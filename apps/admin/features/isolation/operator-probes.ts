import { routingOf } from '../../../ui/session/workspace.ts';
import type { Operator } from '../../shell/operator.tsx';
import type { Probe } from './probe.ts';

const tenants = '{ tenants(first: 1) { edges { node { id name } } } }';
const products = '{ products(first: 1) { edges { node { id name } } } }';
const publish = `mutation($input: PublishRegistrationInput!) { publishRegistration(input: $input) { id } }`;
/** Of no registration, so that nothing would come of it. */
const registration = {
  ...{ id: 'isolation-proof', tenantId: 'isolation-proof', companyName: 'None', slug: 'none', tier: 'BASIC' },
  ...{ status: 'ACTIVE', steps: [], createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z' },
};

/** What a stranger, the public key and this operator's own token must not reach. */
export function operatorProbes({ config, session, mayChange }: Operator): Probe[] {
  const { graphqlUrl: url, apiKey } = config.controlPlane;
  const own = async () => ({ ...(await session.authorize()) });
  const supportOnly: Probe = {
    id: 'support-suspends',
    name: 'Customer support suspends a tenant',
    expected: 'Only system admins change tenants',
    call: async () => ({
      url,
      headers: await own(),
      query: `mutation { suspendTenant(input: { tenantId: "00000000000000000000000000" }) { tenant { id } userErrors { code } } }`,
    }),
  };
  return [
    {
      id: 'stranger',
      name: 'Someone without a token lists the tenants',
      expected: 'Nobody gets in without a token or the public key',
      call: () => ({ url, headers: {}, query: tenants }),
    },
    {
      id: 'public-key',
      name: 'The public key lists the tenants',
      expected: 'The public key serves the sign-up only',
      call: () => ({ url, headers: { 'x-api-key': apiKey }, query: tenants }),
    },
    {
      id: 'changed-token',
      name: 'A token that was changed after it was signed lists the tenants',
      expected: 'The signature no longer fits',
      call: async () => ({ url, headers: { authorization: changed((await own()).authorization) }, query: tenants }),
    },
    {
      id: 'system-field',
      name: 'Your own token announces an onboarding, as only the system does',
      expected: 'No person’s token may use the system’s own fields',
      call: async () => ({ url, headers: await own(), query: publish, variables: { input: registration } }),
    },
    {
      id: 'operator-in-tenant',
      name: 'Your own token reads products in the tenants’ API',
      expected: 'Operators have no way into tenants’ data',
      // A name that is no tenant's: the answer is the pool's API.
      call: async () => ({
        url: (await routingOf(config, 'isolation-proof')).graphqlUrl,
        headers: await own(),
        query: products,
      }),
    },
    ...(mayChange ? [] : [supportOnly]),
  ];
}

/** The same token with another person in it: its payload changed, its signature kept. */
export function changed(token = ''): string {
  const [head, payload = '', signature] = token.split('.');
  const claims = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as object;
  const forged = btoa(JSON.stringify({ ...claims, sub: '00000000-0000-0000-0000-000000000000' }));
  return [head, forged.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''), signature].join('.');
}
