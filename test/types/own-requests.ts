/**
 * What each step of the application plane answers: a request of resolvers/lib/dynamodb.ts as that made it, or one on no table. One that has
 * changed a request does not compile; infra/constructs/require-own-keys.test.ts holds that none is missing here.
 */
import type { LambdaRequest, NONERequest } from '@aws-appsync/utils';
import type { OwnRequest } from '../../resolvers/lib/dynamodb.ts';

type Step = (ctx: never) => OwnRequest | LambdaRequest | NONERequest;

interface Steps {
  'Query.me': typeof import('../../resolvers/application/Query.me.ts').request;
  'Query.tenant': typeof import('../../resolvers/application/Query.tenant.ts').request;
  'Query.usageByDay': typeof import('../../resolvers/application/Query.usageByDay.ts').request;
  'Query.usageByDay.counted': typeof import('../../resolvers/application/Query.usageByDay.counted.ts').request;
  'Query.products': typeof import('../../resolvers/application/Query.products.ts').request;
  'Query.products.more': typeof import('../../resolvers/application/Query.products.more.ts').request;
  'Query.product': typeof import('../../resolvers/application/Query.product.ts').request;
  'Query.orders': typeof import('../../resolvers/application/Query.orders.ts').request;
  'Query.orders.more': typeof import('../../resolvers/application/Query.orders.more.ts').request;
  'Query.order': typeof import('../../resolvers/application/Query.order.ts').request;
  'Query.users': typeof import('../../resolvers/application/Query.users.ts').request;
  'Query.user': typeof import('../../resolvers/application/Query.user.ts').request;
  'Query.health': typeof import('../../resolvers/application/Query.health.ts').request;
  'Mutation.createProduct': typeof import('../../resolvers/application/Mutation.createProduct.ts').request;
  'Mutation.updateProduct': typeof import('../../resolvers/application/Mutation.updateProduct.ts').request;
  'Mutation.deleteProduct': typeof import('../../resolvers/application/Mutation.deleteProduct.ts').request;
  'Mutation.createOrder': typeof import('../../resolvers/application/Mutation.createOrder.ts').request;
  'Mutation.createOrder.write': typeof import('../../resolvers/application/Mutation.createOrder.write.ts').request;
  'Mutation.updateOrder': typeof import('../../resolvers/application/Mutation.updateOrder.ts').request;
  'Mutation.cancelOrder': typeof import('../../resolvers/application/Mutation.cancelOrder.ts').request;
  'Mutation.cancelOrder.products': typeof import('../../resolvers/application/Mutation.cancelOrder.products.ts').request;
  'Mutation.cancelOrder.write': typeof import('../../resolvers/application/Mutation.cancelOrder.write.ts').request;
  'Mutation.deleteOrder': typeof import('../../resolvers/application/Mutation.deleteOrder.ts').request;
  'Mutation.deleteOrder.products': typeof import('../../resolvers/application/Mutation.deleteOrder.products.ts').request;
  'Mutation.deleteOrder.write': typeof import('../../resolvers/application/Mutation.deleteOrder.write.ts').request;
  'Mutation.createUser': typeof import('../../resolvers/application/Mutation.createUser.ts').request;
  'Mutation.updateUser': typeof import('../../resolvers/application/Mutation.updateUser.ts').request;
  'Mutation.disableUser': typeof import('../../resolvers/application/Mutation.disableUser.ts').request;
  'Mutation.enableUser': typeof import('../../resolvers/application/Mutation.enableUser.ts').request;
  'Mutation.resendInvitation': typeof import('../../resolvers/application/Mutation.resendInvitation.ts').request;
  'Mutation.publishProductChange': typeof import('../../resolvers/application/Mutation.publishProductChange.ts').request;
  'Mutation.publishOrderChange': typeof import('../../resolvers/application/Mutation.publishOrderChange.ts').request;
  'Mutation.endSubscriptions': typeof import('../../resolvers/application/Mutation.endSubscriptions.ts').request;
  'Subscription.onProductChanged': typeof import('../../resolvers/application/Subscription.onProductChanged.ts').request;
  'Subscription.onOrderChanged': typeof import('../../resolvers/application/Subscription.onOrderChanged.ts').request;
  chargeIdle: typeof import('../../resolvers/lib/gate/chargeIdle.ts').request;
  chargeBusy: typeof import('../../resolvers/lib/gate/chargeBusy.ts').request;
  chargeIdleAgain: typeof import('../../resolvers/lib/gate/chargeIdleAgain.ts').request;
  chargeBusyAgain: typeof import('../../resolvers/lib/gate/chargeBusyAgain.ts').request;
  countRefusal: typeof import('../../resolvers/lib/gate/countRefusal.ts').request;
}

declare const steps: Steps;

export const checked = steps satisfies Readonly<Record<keyof Steps, Step>>;
