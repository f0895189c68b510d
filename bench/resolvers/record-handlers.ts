import type { Json, JsonObject } from '../../infra/local/service.ts';
import { callerOf, type HandlerCall, startApplicationPlane } from '../../resolvers/testing/application-plane.ts';

type Created = Readonly<Record<'product' | 'order', { readonly id: string; readonly version: number } | undefined>>;

/**
 * Asks for what shops do most, on a real engine, and keeps each handler's call with its context: the gate's, reads, pages, and writes of
 * more than one step. The latest call of each handler is kept.
 */
export async function recordHandlers(): Promise<HandlerCall[]> {
  const plane = await startApplicationPlane();
  const calls = new Map<string, HandlerCall>();
  plane.beforeHandler = (call) => void calls.set(`${call.step} ${call.handler}`, call);
  const caller = callerOf('tenant-a');
  const ask = (coordinate: string, args: JsonObject = {}) => plane.ask<Json>(caller, coordinate, args);
  const made = async (coordinate: string, input: JsonObject) =>
    (await ask(coordinate, { input })) as unknown as Created;
  try {
    await plane.openGate(caller.tenantId);
    for (let each = 0; each < 20; each += 1) {
      await made('Mutation.createProduct', { sku: `A-${each}`, name: `Product ${each}`, price: 100, stock: 1000 });
    }
    const { product } = await made('Mutation.createProduct', { sku: 'B-1', name: 'Lamp', price: 100, stock: 1000 });
    if (!product) throw new Error('The product was not created');
    await ask('Query.product', { id: product.id });
    await ask('Query.products', { first: 20 });
    const { order } = await made('Mutation.createOrder', { lines: [{ productId: product.id, quantity: 1 }] });
    if (!order) throw new Error('The order was not created');
    await ask('Query.order', { id: order.id });
    await ask('Query.orders', { first: 20 });
    await made('Mutation.cancelOrder', { id: order.id, expectedVersion: order.version });
    return [...calls.values()];
  } finally {
    await plane.stop();
  }
}
