import type { Expectation } from '../load/job.ts';
import type { Shop } from '../shops/shop.ts';

export type OperationName = 'getProduct' | 'productsPage' | 'createOrder' | 'dashboard';

/** One GraphQL request as every server gets it, and what its answer has to be. */
export interface Asked {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly expected: Expectation;
}

export interface Operation {
  readonly name: OperationName;
  readonly title: string;
  readonly writes: boolean;
  /** The requests of one shop, which are sent in turn. */
  readonly of: (shop: Shop) => readonly Asked[];
}

const productFields = ['id', 'sku', 'name', 'price', 'stock', 'version'] as const;

/** The members that a selection names, in its order, as GraphQL answers them. */
function select<Entity extends object, Field extends keyof Entity>(entity: Entity, fields: readonly Field[]) {
  return Object.fromEntries(fields.map((field) => [field, entity[field]]));
}

const exactly = (data: object): Expectation => ({ exactly: JSON.stringify({ data }) });
const edges = (nodes: readonly object[]) => ({ edges: nodes.map((node) => ({ node })) });

export const operations: readonly Operation[] = [
  {
    name: 'getProduct',
    title: 'getProduct: `product(id)`',
    writes: false,
    of: ({ products }) =>
      products.map((product) => ({
        query: `query GetProduct($id: ID!) { product(id: $id) { ${productFields.join(' ')} } }`,
        variables: { id: product.id },
        expected: exactly({ product: select(product, productFields) }),
      })),
  },
  {
    name: 'productsPage',
    title: 'products page: `products(first: 20)`',
    writes: false,
    of: ({ products }) => [
      {
        query: `query Products { products(first: 20) { edges { node { ${productFields.join(
          ' ',
        )} } } pageInfo { hasNextPage } } }`,
        variables: {},
        expected: exactly({
          products: {
            ...edges(products.slice(0, 20).map((product) => select(product, productFields))),
            pageInfo: { hasNextPage: products.length > 20 },
          },
        }),
      },
    ],
  },
  {
    name: 'dashboard',
    title: 'dashboard: five root fields',
    writes: false,
    of: ({ admin, name, tier, products, orders }) => [
      {
        query: `query Dashboard {
          me { id name role }
          tenant { name tier }
          products(first: 5) { edges { node { id name price stock } } }
          orders(first: 5) { edges { node { id number status total } } }
          users(first: 5) { edges { node { id name role } } }
        }`.replace(/\s+/g, ' '),
        variables: {},
        expected: exactly({
          me: select(admin, ['id', 'name', 'role']),
          tenant: { name, tier },
          products: edges(products.slice(0, 5).map((product) => select(product, ['id', 'name', 'price', 'stock']))),
          orders: edges(orders.slice(0, 5).map((order) => select(order, ['id', 'number', 'status', 'total']))),
          users: edges([select(admin, ['id', 'name', 'role'])]),
        }),
      },
    ],
  },
  {
    name: 'createOrder',
    title: 'createOrder: one line',
    writes: true,
    of: ({ products }) =>
      products.map((product) => ({
        query:
          'mutation CreateOrder($input: CreateOrderInput!) { createOrder(input: $input) { order { id number status total lines { productId quantity unitPrice } } userErrors { code message } } }',
        variables: { input: { lines: [{ productId: product.id, quantity: 1 }] } },
        expected: {
          containing: [
            '{"data":{"createOrder":{"order":{"id":"',
            `"status":"PLACED","total":${product.price},"lines":[{"productId":"${product.id}","quantity":1,"unitPrice":${product.price}}]},"userErrors":[]}}}`,
          ],
        },
      })),
  },
];
