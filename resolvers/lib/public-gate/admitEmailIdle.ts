/** The public gate's first step by the e-mail address that is to be registered: one write admits who has not been busy. */
import { chargeIdle, type PublicGateContext, takeIdle } from './admission.ts';
import { chargedEmail } from './charged.ts';

export function request(ctx: PublicGateContext<{ readonly input: { readonly adminEmail: string } }>) {
  return chargeIdle(ctx, chargedEmail(ctx));
}

export function response(ctx: PublicGateContext<{ readonly input: { readonly adminEmail: string } }>) {
  return takeIdle(ctx);
}
