/** The second step by the e-mail address that is to be registered: admits who is busy as long as the burst lasts. */
import { chargeBusy, type PublicGateContext, takeBusy } from './admission.ts';
import { chargedEmail } from './charged.ts';

export function request(ctx: PublicGateContext<{ readonly input: { readonly adminEmail: string } }>) {
  return chargeBusy(ctx, chargedEmail(ctx));
}

export function response(ctx: PublicGateContext<{ readonly input: { readonly adminEmail: string } }>) {
  return takeBusy(ctx, chargedEmail(ctx));
}
