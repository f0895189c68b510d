import { openDocuments } from './documents.mjs';
import { createOrder, listOrders } from './orders.mjs';
import { getMe, getTenant, listUsers } from './people.mjs';
import { getProduct, listProducts, updateProduct } from './products.mjs';

/** The resolvers of Yoga and Mercurius alike. The context is who asks: `{tenantId, userId}`. */
export function createResolvers(settings) {
  const shop = { documents: openDocuments(settings), tables: settings.tables };
  const resolver = (operation) => (_root, args, context) => operation(shop, context, args);
  return {
    Query: {
      me: resolver(getMe),
      tenant: resolver(getTenant),
      product: resolver(getProduct),
      products: resolver(listProducts),
      orders: resolver(listOrders),
      users: resolver(listUsers),
    },
    Mutation: { createOrder: resolver(createOrder), updateProduct: resolver(updateProduct) },
  };
}

/** Nobody is authorized: who asks says who that is. */
export const callerOf = (header) => ({ tenantId: header('x-tenant-id'), userId: header('x-user-id') });
