import { type EndOrderContext, readReturns, takeReturns } from '../lib/commerce/endOrder.ts';

export function request(ctx: EndOrderContext) {
  return readReturns(ctx);
}

export function response(ctx: Parameters<typeof takeReturns>[0]) {
  return takeReturns(ctx);
}
