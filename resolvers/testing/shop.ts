import type { Order, Product } from '../../generated/application.ts';
import type { JsonObject } from '../../infra/local/service.ts';
import type { ApplicationPlane, TestCaller } from './application-plane.ts';

export interface Payload {
  readonly userErrors: readonly { readonly code: string; readonly field: string | null; readonly message: string }[];
}

export interface Connection<Node> {
  readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

/** What one caller does in the shop, past the gate. */
export function shopOf(plane: ApplicationPlane, caller: TestCaller) {
  const mutate =
    <Result>(field: string) =>
    (input: JsonObject) =>
      plane.askUngated<Result & Payload>(caller, `Mutation.${field}`, { input });
  return {
    createProduct: mutate<{ product: Product | null }>('createProduct'),
    updateProduct: mutate<{ product: Product | null }>('updateProduct'),
    deleteProduct: mutate<{ product: Product | null }>('deleteProduct'),
    createOrder: mutate<{ order: Order | null }>('createOrder'),
    updateOrder: mutate<{ order: Order | null }>('updateOrder'),
    cancelOrder: mutate<{ order: Order | null }>('cancelOrder'),
    deleteOrder: mutate<{ order: Order | null }>('deleteOrder'),
    product: (id: string) => plane.askUngated<Product | null>(caller, 'Query.product', { id }),
    order: (id: string) => plane.askUngated<Order | null>(caller, 'Query.order', { id }),
    products: (args: JsonObject = {}) => plane.askUngated<Connection<Product>>(caller, 'Query.products', args),
    orders: (args: JsonObject = {}) => plane.askUngated<Connection<Order>>(caller, 'Query.orders', args),

    /** A product that is there for a test to use. */
    async stock(fields: JsonObject = {}): Promise<Product> {
      const input = { sku: 'SKU-1', name: 'Lamp', price: 1000, stock: 10, ...fields };
      const { product, userErrors } = await this.createProduct(input);
      if (!product) throw new Error(`No product: ${JSON.stringify(userErrors)}`);
      return product;
    },
    async place(...lines: (readonly [productId: string, quantity: number])[]): Promise<Order> {
      const { order, userErrors } = await this.createOrder({
        lines: lines.map(([productId, quantity]) => ({ productId, quantity })),
      });
      if (!order) throw new Error(`No order: ${JSON.stringify(userErrors)}`);
      return order;
    },
  };
}

export type Shop = ReturnType<typeof shopOf>;

/** `['OUT_OF_STOCK lines.0.quantity']` */
export function errorsOf({ userErrors }: Payload): string[] {
  return userErrors.map(({ code, field }) => (field ? `${code} ${field}` : code));
}
