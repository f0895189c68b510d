/** The gate's third step: charges anew what the second found idle, since the tenant's limits have changed in between. */
import { runtime } from '@aws-appsync/utils';
import { chargeIfIdle, type GateContext } from './admission.ts';

export { response } from './chargeIdle.ts';

export function request(ctx: GateContext) {
  if (ctx.stash.usage || ctx.stash.refusal) runtime.earlyReturn({});
  return chargeIfIdle(ctx);
}
