import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Order, Product } from '../../generated/application.ts';
import type { Json, JsonObject } from '../../infra/local/service.ts';
import {
  type ApplicationPlane,
  callerOf,
  type HandlerCall,
  startApplicationPlane,
} from '../../resolvers/testing/application-plane.ts';
import { recordCalls } from './record-calls.ts';

const caller = callerOf('tenant-a');
const { tenantId, userId } = caller;
const moment = '2026-01-01T00:00:00.000Z';
/** The tenant and its administrator as the registry holds them. */
const tenant = { tenantId, name: 'Acme', slug: 'acme', tier: 'BASIC', status: 'ACTIVE', currency: 'EUR', limits: {} };
const user = {
  tenantId,
  userId,
  sub: userId,
  email: 'ada@acme.example',
  name: 'Ada',
  role: 'TENANT_ADMIN',
  status: 'ACTIVE',
};

/** Asks every field of the application plane, on a real engine, for its handlers' calls. */
export async function recordApplication(): Promise<HandlerCall[]> {
  return recordCalls(await startApplicationPlane(), async (plane) => {
    await prepare(plane);
    await askAll(plane);
  });
}

async function prepare({ documents, tables, functions, openGate }: ApplicationPlane): Promise<void> {
  await openGate(tenantId);
  const dates = { createdAt: moment, updatedAt: moment };
  await documents.send(new PutCommand({ TableName: tables['TENANTS_TABLE'], Item: tenant }));
  await documents.send(new PutCommand({ TableName: tables['TENANT_USERS_TABLE'], Item: { ...user, ...dates } }));
  functions['users'] = () => ({ user: { id: userId, ...dates }, userErrors: [] });
}

async function askAll(plane: ApplicationPlane): Promise<void> {
  const ask = (coordinate: string, args: JsonObject = {}) => plane.ask<Json>(caller, coordinate, args);
  const change = async <Payload>(field: string, input: JsonObject) =>
    (await ask(`Mutation.${field}`, { input })) as Payload;
  const stock = async (sku: string): Promise<Product> => {
    const input = { sku, name: `Product ${sku}`, price: 100, stock: 1000 };
    const { product } = await change<{ product: Product | null }>('createProduct', input);
    if (!product) throw new Error(`The product ${sku} was not created`);
    return product;
  };
  const place = async (productId: string): Promise<Order> => {
    const { order } = await change<{ order: Order | null }>('createOrder', { lines: [{ productId, quantity: 1 }] });
    if (!order) throw new Error(`No order of ${productId} was created`);
    return order;
  };

  for (let each = 0; each < 20; each += 1) await stock(`A-${each}`);
  const product = await stock('B-1');
  const [order, another] = [await place(product.id), await place(product.id)];
  for (const field of ['me', 'tenant', 'usageByDay', 'health']) await ask(`Query.${field}`);
  for (const field of ['products', 'orders', 'users']) await ask(`Query.${field}`, { first: 20 });
  await ask('Query.product', { id: product.id });
  await ask('Query.order', { id: order.id });
  await ask('Query.user', { id: userId });

  await change('updateOrder', { id: order.id, status: 'PAID' });
  await change('cancelOrder', { id: order.id });
  await change('deleteOrder', { id: another.id });
  const { id } = await stock('C-1');
  await change('updateProduct', { id, expectedVersion: 1, price: 200 });
  await change('deleteProduct', { id });
  for (const field of ['createUser', 'updateUser', 'disableUser', 'enableUser', 'resendInvitation'])
    await change(field, { id: userId });
  await change('publishProductChange', { tenantId, type: 'CREATED', product: { ...product } as unknown as JsonObject });
  await change('publishOrderChange', { tenantId, type: 'CREATED', order: { ...order } as unknown as JsonObject });
  await change('endSubscriptions', { tenantId });
  for (const field of ['onProductChanged', 'onOrderChanged']) await ask(`Subscription.${field}`);
}
