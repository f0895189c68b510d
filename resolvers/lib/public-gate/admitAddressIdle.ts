/** The public gate's first step by the network address of whoever calls: one write admits who has not been busy. */
import { chargeIdle, type PublicGateContext, takeIdle } from './admission.ts';
import { chargedAddress } from './charged.ts';

export function request(ctx: PublicGateContext) {
  return chargeIdle(ctx, chargedAddress(ctx));
}

export function response(ctx: PublicGateContext) {
  return takeIdle(ctx);
}
