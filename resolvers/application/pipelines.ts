import type { Pipelines } from '../pipelines.ts';

/** What each root field does, once the gate (lib/gate) has admitted the request; the system's own have no gate. */
export const pipelines: Pipelines = {
  'Query.me': [{ step: 'Query.me', dataSource: 'TenantUsers' }],
  'Query.tenant': [{ step: 'Query.tenant', dataSource: 'Tenants' }],
  'Query.usageByDay': [
    { step: 'Query.usageByDay', dataSource: 'Usage' },
    { step: 'Query.usageByDay.counted', dataSource: 'Gates' },
  ],
  'Query.products': [
    { step: 'Query.products', dataSource: 'Products' },
    { step: 'Query.products.more', dataSource: 'Products' },
  ],
  'Query.product': [{ step: 'Query.product', dataSource: 'Products' }],
  'Query.orders': [
    { step: 'Query.orders', dataSource: 'Orders' },
    { step: 'Query.orders.more', dataSource: 'Orders' },
  ],
  'Query.order': [{ step: 'Query.order', dataSource: 'Orders' }],
  'Query.users': [{ step: 'Query.users', dataSource: 'TenantUsers' }],
  'Query.user': [{ step: 'Query.user', dataSource: 'TenantUsers' }],
  'Query.health': [{ step: 'Query.health', dataSource: 'None' }],

  'Mutation.createProduct': [{ step: 'Mutation.createProduct', dataSource: 'Products' }],
  'Mutation.updateProduct': [{ step: 'Mutation.updateProduct', dataSource: 'Products' }],
  'Mutation.deleteProduct': [{ step: 'Mutation.deleteProduct', dataSource: 'Products' }],

  'Mutation.createOrder': [
    { step: 'Mutation.createOrder', dataSource: 'Products' },
    { step: 'Mutation.createOrder.write', dataSource: 'Sales' },
  ],
  'Mutation.updateOrder': [{ step: 'Mutation.updateOrder', dataSource: 'Orders' }],
  'Mutation.cancelOrder': [
    { step: 'Mutation.cancelOrder', dataSource: 'Orders' },
    { step: 'Mutation.cancelOrder.products', dataSource: 'Products' },
    { step: 'Mutation.cancelOrder.write', dataSource: 'Sales' },
  ],
  'Mutation.deleteOrder': [
    { step: 'Mutation.deleteOrder', dataSource: 'Orders' },
    { step: 'Mutation.deleteOrder.products', dataSource: 'Products' },
    { step: 'Mutation.deleteOrder.write', dataSource: 'Sales' },
  ],

  'Mutation.createUser': [{ step: 'Mutation.createUser', dataSource: 'users' }],
  'Mutation.updateUser': [{ step: 'Mutation.updateUser', dataSource: 'users' }],
  'Mutation.disableUser': [{ step: 'Mutation.disableUser', dataSource: 'users' }],
  'Mutation.enableUser': [{ step: 'Mutation.enableUser', dataSource: 'users' }],
  'Mutation.resendInvitation': [{ step: 'Mutation.resendInvitation', dataSource: 'users' }],

  'Mutation.publishProductChange': [{ step: 'Mutation.publishProductChange', dataSource: 'None' }],
  'Mutation.publishOrderChange': [{ step: 'Mutation.publishOrderChange', dataSource: 'None' }],
  'Mutation.endSubscriptions': [{ step: 'Mutation.endSubscriptions', dataSource: 'None' }],

  'Subscription.onProductChanged': [{ step: 'Subscription.onProductChanged', dataSource: 'None' }],
  'Subscription.onOrderChanged': [{ step: 'Subscription.onOrderChanged', dataSource: 'None' }],
};
