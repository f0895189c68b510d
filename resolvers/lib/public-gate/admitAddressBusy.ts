/** The second step by the network address of whoever calls: admits who is busy as long as the burst lasts. */
import { chargeBusy, type PublicGateContext, takeBusy } from './admission.ts';
import { chargedAddress } from './charged.ts';

export function request(ctx: PublicGateContext) {
  return chargeBusy(ctx, chargedAddress(ctx));
}

export function response(ctx: PublicGateContext) {
  return takeBusy(ctx, chargedAddress(ctx));
}
