import type { AppConfig } from '../../../ui/config.ts';
import type { Guest } from '../../shell/guest.ts';
import { type Answer, ask, type Call, describe, isEmpty } from './ask.ts';
import { changed } from './operator-probes.ts';
import type { Probe } from './probe.ts';

interface Products {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
}

const list = '{ products(first: 1) { edges { cursor node { id } } } }';
/** Nothing came of it, and what is said is what is said of an id that nobody has. */
const refusedInPayload =
  (field: string, code: string) =>
  ({ data, errors }: Answer): boolean => {
    const payload = data?.[field] as { readonly userErrors: readonly { readonly code: string }[] } | null | undefined;
    return errors.length === 0 && payload?.userErrors[0]?.code === code;
  };

/** What one tenant's user must not reach of another's: each tried with ids that really are the other's. */
export function tenantProbes(intruder: Guest, owner: Guest, { controlPlane }: AppConfig): Probe[] {
  const headers = { authorization: intruder.token };
  const url = intruder.routing.graphqlUrl;
  const ofOwner = async (): Promise<{ readonly id: string; readonly cursor: string }> => {
    const answer = await ask({
      url: owner.routing.graphqlUrl,
      headers: { authorization: owner.token },
      query: list,
    });
    const [first] = (answer.data?.['products'] as Products | undefined)?.edges ?? [];
    if (!first) throw new Error(`${owner.slug} has no product to try it with: ${describe(answer)}`);
    return { id: first.node.id, cursor: first.cursor };
  };
  /** Whose token is old, or whose tenant is suspended or over its quota, is refused everything, which proves nothing. */
  const asIntruder = async (): Promise<Call['headers']> => {
    const answer = await ask({ url, headers, query: list });
    if (!answer.data?.['products'])
      throw new Error(`${intruder.slug} is refused its own products too: ${describe(answer)}`);
    return headers;
  };
  const id = `${intruder.slug}-${owner.slug}`;
  return [
    {
      id: `${id}-read`,
      name: `${intruder.slug} reads a product of ${owner.slug} by its id`,
      expected: 'It answers as if there were no such product',
      call: async () => ({
        ...{ url, headers: await asIntruder(), query: 'query($id: ID!) { product(id: $id) { id name } }' },
        variables: { id: (await ofOwner()).id },
      }),
      isRefused: ({ data, errors }) => data?.['product'] === null && errors.length === 0,
    },
    {
      id: `${id}-write`,
      name: `${intruder.slug} changes a product of ${owner.slug}`,
      expected: 'It answers as if there were no such product',
      call: async () => ({
        ...{ url, headers: await asIntruder() },
        query: `mutation($input: UpdateProductInput!) { updateProduct(input: $input) { product { id } userErrors { code message } } }`,
        variables: { input: { id: (await ofOwner()).id, expectedVersion: 1, name: 'Changed by another tenant' } },
      }),
      isRefused: refusedInPayload('updateProduct', 'NOT_FOUND'),
    },
    {
      id: `${id}-order`,
      name: `${intruder.slug} orders a product of ${owner.slug}`,
      expected: 'It answers as if there were no such product',
      call: async () => ({
        ...{ url, headers: await asIntruder() },
        query: `mutation($input: CreateOrderInput!) { createOrder(input: $input) { order { id } userErrors { code message } } }`,
        variables: { input: { lines: [{ productId: (await ofOwner()).id, quantity: 1 }] } },
      }),
      isRefused: refusedInPayload('createOrder', 'PRODUCT_GONE'),
    },
    {
      id: `${id}-cursor`,
      name: `${intruder.slug} goes on in a list of ${owner.slug} from its cursor`,
      expected: 'A cursor is bound to its tenant',
      call: async () => ({
        ...{ url, headers: await asIntruder() },
        query: 'query($after: String) { products(after: $after) { edges { node { id } } } }',
        variables: { after: (await ofOwner()).cursor },
      }),
      isRefused: (answer) => isEmpty(answer) && answer.errors[0]?.errorType === 'BadRequest',
    },
    {
      id: `${id}-changed-token`,
      name: `${intruder.slug} changes its own token to be someone else`,
      expected: 'The signature no longer fits',
      call: async () => {
        await asIntruder();
        return { url, headers: { authorization: changed(intruder.token) }, query: list };
      },
    },
    {
      id: `${id}-control-plane`,
      name: `${intruder.slug} lists the tenants in the control plane`,
      expected: 'Tenants’ tokens are not taken there',
      call: async () => ({
        ...{ url: controlPlane.graphqlUrl, headers: await asIntruder() },
        query: '{ tenants(first: 1) { edges { node { id } } } }',
      }),
    },
  ];
}
