import type { Order, Product } from '../../generated/application.ts';
import type { Outputs } from '../../infra/start/outputs.ts';
import type { Person } from './given.ts';
import { graphql, type GraphqlAnswer } from './graphql.ts';
import { mutate, type Payload, type Target } from './mutate.ts';

const productFields = 'product { id sku name category price stock version createdAt updatedAt }';
const orderFields =
  'order { id number status total version createdBy lines { productId name quantity unitPrice } createdAt updatedAt }';

/** What a person does in their company's shop, through the application's endpoint. */
export function shopOf(outputs: Outputs, { headers }: Pick<Person, 'headers'>, url = outputs.pooled.graphqlUrl) {
  const target: Target = { url, headers };
  const ofProduct = (field: string) => (input: unknown) => mutate<Product>(target, field, input, productFields);
  const ofOrder = (field: string) => (input: unknown) => mutate<Order>(target, field, input, orderFields);
  const shop = {
    target,
    createProduct: ofProduct('createProduct'),
    updateProduct: ofProduct('updateProduct'),
    deleteProduct: ofProduct('deleteProduct'),
    createOrder: ofOrder('createOrder'),
    updateOrder: ofOrder('updateOrder'),
    cancelOrder: ofOrder('cancelOrder'),
    deleteOrder: ofOrder('deleteOrder'),
    ask: <Data = Record<string, unknown>>(
      query: string,
      variables: Readonly<Record<string, unknown>> = {},
    ): Promise<GraphqlAnswer<Data>> => graphql<Data>(target.url, headers, query, variables),

    /** A product that is there for a test to use. */
    async stock(fields: Readonly<Record<string, unknown>> = {}): Promise<Product> {
      return there(
        'product',
        await shop.createProduct({ sku: 'SKU-1', name: 'Lamp', price: 1000, stock: 10, ...fields }),
      );
    },
    async place(productId: string, quantity = 1): Promise<Order> {
      return there('order', await shop.createOrder({ lines: [{ productId, quantity }] }));
    },
    async product(id: string): Promise<Product | null> {
      const query = `query P($id: ID!) { product(id: $id) { id sku name category price stock version createdAt updatedAt } }`;
      return (await shop.ask<{ product: Product | null }>(query, { id })).data?.product ?? null;
    },
  };
  return shop;
}

export type Shop = ReturnType<typeof shopOf>;

function there<Entity>(name: string, payload: Payload<Entity>): Entity {
  const entity = payload[name];
  if (!entity) throw new Error(`No ${name}: ${JSON.stringify(payload.userErrors)}`);
  return entity;
}
