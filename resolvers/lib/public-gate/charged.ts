import type { Context } from '@aws-appsync/utils';
import type { Charged } from './admission.ts';
import { networkAddress } from './networkAddress.ts';

/** Sign-ups have limits of their own, since each makes something. */
export function chargedAddress(ctx: Context): Charged {
  const limit = ctx.info.fieldName === 'registerTenant' ? 'registrations' : 'reads';
  return { chargedTo: `${limit}#${networkAddress(ctx)}`, limit };
}

/** The address as registerTenant keeps it; what is longer than any address is refused there. */
export function chargedEmail(ctx: Context<{ readonly input: { readonly adminEmail: string } }>): Charged {
  return { chargedTo: `emails#${ctx.args.input.adminEmail.trim().toLowerCase().slice(0, 254)}`, limit: 'emails' };
}
