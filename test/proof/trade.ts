import { graphqlData } from '../support/graphql.ts';
import { mutate, type Target } from '../support/mutate.ts';
import type { Subject } from './subjects.ts';

const list = (name: string) => `${name}(first: 1) { edges { cursor node { id } } }`;

type Page = { readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[] };

/** Two products, an order and their pages, named with a word that is nowhere else. */
export async function givenTrade(target: Target, marker: string): Promise<Pick<Subject, 'ids' | 'cursors'>> {
  const create = async (sku: string) =>
    (
      await mutate<{ id: string }>(
        target,
        'createProduct',
        { sku: `${sku}-${marker}`, name: `Lamp ${marker}`, category: marker, price: 4711, stock: 1000 },
        'product { id }',
      )
    )['product']?.id;
  const [product, another] = [await create('A'), await create('B')];
  const lines = [{ productId: product, quantity: 1 }];
  const placed = await mutate<{ id: string }>(target, 'createOrder', { lines }, 'order { id }');
  await mutate(target, 'createOrder', { lines: [{ productId: another, quantity: 1 }] }, 'order { id }');
  const order = placed['order']?.id;
  const pages = await graphqlData<
    Record<'products' | 'orders' | 'users', Page> & { readonly me: { readonly id: string } }
  >(target.url, target.headers, `{ me { id } ${list('products')} ${list('orders')} ${list('users')} }`);
  const cursor = ({ edges }: Page): string => edges[0]?.cursor ?? '';
  if (!product || !order) throw new Error('The proof cannot be set up: no product or no order');
  return {
    ids: { product, order, user: pages.me.id },
    cursors: { products: cursor(pages.products), orders: cursor(pages.orders), users: cursor(pages.users) },
  };
}
