import {
  aRegistration,
  anOperator,
  chosenPassword,
  type Person,
  register,
  signIn,
  untilOnboarded,
} from '../../test/support/given.ts';
import { graphqlData } from '../../test/support/graphql.ts';
import { type Cotenant, startCotenant } from '../../test/support/start-cotenant.ts';
import { type SampledTenant, sampleTenants } from './sample-tenants.ts';

/** One running system with so many tenants, and what is measured on it: each act is one request or flow, and fails if it is answered wrongly. */
export interface MeasuredSystem {
  readonly tenants: number;
  readonly cotenant: Cotenant;
  readonly acts: Readonly<Record<ActName, () => Promise<void>>>;
}

export const actNames = ['getProduct', 'registerTenant', 'tenants', 'tenantsAfter', 'signIn'] as const;
export type ActName = (typeof actNames)[number];

/** @param signedIn - of its tenants, spread over all: each is asked in turn */
export async function startMeasured(folder: string, tenants: number, signedIn: number): Promise<MeasuredSystem> {
  const cotenant = await startCotenant({ folder });
  const sampled = await sampleTenants(cotenant.outputs, tenants, signedIn);
  const operator = await anOperator(cotenant.outputs);
  return { tenants, cotenant, acts: await actsOf(cotenant, sampled, operator, tenants) };
}

async function actsOf(
  { outputs }: Cotenant,
  sampled: readonly SampledTenant[],
  operator: Person,
  tenants: number,
): Promise<MeasuredSystem['acts']> {
  let turn = 0;
  const next = (): SampledTenant => {
    const tenant = sampled[(turn += 1) % sampled.length];
    if (!tenant) throw new Error('No tenant was sampled');
    return tenant;
  };
  const page = async (after: string | null): Promise<Page> => {
    const { tenants: found } = await graphqlData<{ tenants: Page }>(
      outputs.controlPlane.graphqlUrl,
      operator.headers,
      'query T($after: String) { tenants(first: 20, after: $after) { edges { cursor node { id name status } } pageInfo { hasNextPage endCursor } } }',
      { after },
    );
    if (found.edges.length < Math.min(20, after === null ? tenants : 1))
      throw new Error(`A page has ${found.edges.length} of ${tenants} tenants, expected 20`);
    return found;
  };
  const middle = await cursorNear(page, Math.floor(tenants / 2));
  return {
    getProduct: async () => {
      const { admin, productId } = next();
      const { product } = await graphqlData<{ product: { id: string } | null }>(
        outputs.pooled.graphqlUrl,
        admin.headers,
        'query P($id: ID!) { product(id: $id) { id name price stock version } }',
        { id: productId },
      );
      if (product?.id !== productId) throw new Error(`product(${productId}) answered ${JSON.stringify(product)}`);
    },
    registerTenant: async () => {
      const { registration } = await register(outputs, aRegistration());
      const { status } = await untilOnboarded(outputs, registration?.id ?? '');
      if (status !== 'ACTIVE') throw new Error(`An onboarding ended ${status}, expected ACTIVE`);
    },
    tenants: async () => void (await page(null)),
    tenantsAfter: async () => void (await page(middle)),
    signIn: async () => {
      const { email } = next().admin;
      await signIn(outputs, outputs.pooled.userPoolClientId, email, chosenPassword);
    },
  };
}

interface Page {
  readonly edges: readonly { readonly cursor: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** The cursor of a page far into the list; a list can only be walked. */
async function cursorNear(page: (after: string | null) => Promise<Page>, place: number): Promise<string | null> {
  let after: string | null = null;
  for (let passed = 0; passed + 20 < place; passed += 20) after = (await page(after)).pageInfo.endCursor;
  return after;
}
