import type { Company } from '../../test/support/given.ts';
import type { RealtimeClient } from '../../test/support/realtime.ts';
import type { Shop } from '../../test/support/shop.ts';

export interface Scene {
  readonly shop: Shop;
  readonly company: Company;
  readonly realtime: RealtimeClient;
}

/** What is done once for one measurement. */
export type Act = () => Promise<void>;

export interface MeteredOperation {
  /** The schema's field, or `dashboard`: five fields in one request. */
  readonly name: string;
  /** REST calls that do the same. */
  readonly calls: number;
  /** Makes what the operation works on, and answers the operation. */
  prepare(scene: Scene): Promise<Act> | Act;
}

const page = (node: string) => `edges { cursor node { ${node} } } pageInfo { hasNextPage endCursor }`;
const product = 'id sku name category price stock version createdAt updatedAt';
const order =
  'id number status total version createdBy lines { productId name quantity unitPrice } createdAt updatedAt';
const user = 'id email name role status createdAt updatedAt';

/** Every operation of the application plane that a tenant's people ask for. */
export const operations: readonly MeteredOperation[] = [
  query('me', () => `{ me { ${user} } }`),
  query(
    'tenant',
    () => '{ tenant { id name slug tier status limits { requestsPerSecond } usage { today thisMonth } } }',
  ),
  query('product', async (scene) => `{ product(id: "${await productId(scene)}") { ${product} } }`),
  query('products', () => `{ products(first: 20) { ${page(product)} } }`),
  query('order', async (scene) => `{ order(id: "${await orderId(scene)}") { ${order} } }`),
  query('orders', () => `{ orders(first: 20) { ${page(order)} } }`),
  query('user', async (scene) => `{ user(id: "${await userId(scene)}") { ${user} } }`),
  query('users', () => `{ users(first: 20) { ${page(user)} } }`),
  query(
    'dashboard',
    async (scene) => `{
      me { ${user} } tenant { name tier usage { today } } product(id: "${await productId(scene)}") { ${product} }
      products(first: 20) { ${page(product)} } orders(first: 20) { ${page(order)} }
    }`,
    5,
  ),
  mutation('createProduct', () => ({ sku: 'C-1', name: 'Metered', category: 'Lamps', price: 100, stock: 5 })),
  mutation('updateProduct', async (scene) => ({ id: await productId(scene), expectedVersion: 1, price: 200 })),
  mutation('deleteProduct', async (scene) => ({ id: await productId(scene) })),
  mutation('createOrder', async (scene) => ({ lines: [{ productId: await productId(scene), quantity: 1 }] })),
  mutation('updateOrder', async (scene) => ({ id: await orderId(scene), status: 'PAID' })),
  mutation('cancelOrder', async (scene) => ({ id: await orderId(scene) })),
  mutation('deleteOrder', async (scene) => ({ id: await orderId(scene) })),
  mutation('createUser', () => aUser()),
  mutation('updateUser', async (scene) => ({ id: await userId(scene), name: 'Renamed' })),
  mutation('disableUser', async (scene) => ({ id: await userId(scene) })),
  mutation('enableUser', async (scene) => {
    const id = await userId(scene);
    await done(scene, 'disableUser', { id });
    return { id };
  }),
  mutation('resendInvitation', async (scene) => ({ id: await userId(scene) }), 'user'),
  {
    name: 'onProductChanged',
    calls: 0,
    prepare: ({ realtime, shop, company }) => {
      count += 1;
      const id = `metered-${count}`;
      const { host } = new URL(shop.target.url);
      return async () => {
        const text = `subscription { onProductChanged { type product { ${product} } } }`;
        const { type } = await realtime.start(id, text, { host, ...company.admin.headers });
        if (type !== 'start_ack') throw new Error(`The subscription was answered with ${type}, expected start_ack`);
      };
    },
  },
];

let count = 0;

function query(name: string, text: (scene: Scene) => Promise<string> | string, calls = 1): MeteredOperation {
  return {
    name,
    calls,
    prepare: async (scene) => {
      const document = await text(scene);
      return async () => {
        const { errors, data } = await scene.shop.ask(document);
        if (errors.length > 0 || !data?.[name === 'dashboard' ? 'product' : name])
          throw new Error(`${name} answered ${JSON.stringify({ errors, data })}`);
      };
    },
  };
}

function mutation(
  name: string,
  input: (scene: Scene) => Promise<object> | object,
  entity = entityOf(name),
): MeteredOperation {
  return {
    name,
    calls: 1,
    prepare: async (scene) => {
      const given = await input(scene);
      return async () => void (await done(scene, name, given, entity));
    },
  };
}

/** `updateOrder` answers an `order`. */
function entityOf(field: string): string {
  return /[A-Z]\w+$/.exec(field)?.[0].toLowerCase() ?? '';
}

/** A mutation that must succeed; answers the id of its entity. */
async function done({ shop }: Scene, field: string, input: object, name = entityOf(field)): Promise<string> {
  const type = `${field[0]?.toUpperCase() ?? ''}${field.slice(1)}Input!`;
  const { data, errors } = await shop.ask<Record<string, Record<string, { id: string } | null>>>(
    `mutation M($input: ${type}) { ${field}(input: $input) { ${name} { id } userErrors { code message } } }`,
    { input },
  );
  const id = data?.[field]?.[name]?.id;
  if (id === undefined) throw new Error(`${field} answered ${JSON.stringify({ errors, data })}`);
  return id;
}

const productId = async ({ shop }: Scene): Promise<string> =>
  (await shop.stock({ name: 'Metered', category: 'Lamps', stock: 100 })).id;

const orderId = async (scene: Scene): Promise<string> => (await scene.shop.place(await productId(scene))).id;

const userId = async (scene: Scene): Promise<string> => await done(scene, 'createUser', aUser());

function aUser(): object {
  count += 1;
  return { email: `metered${process.pid}x${count}@people.example`, name: 'Mia Metered', role: 'TENANT_USER' };
}
