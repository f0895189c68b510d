/** The last step of what may shut an operator out: ends what the operator follows, as each of its subscriptions would go on for a day. */
import { type Context, extensions, runtime } from '@aws-appsync/utils';
import type { DisableOperatorPayload, UpdateOperatorInput } from '../../generated/control-plane.ts';

type EndingContext = Context<
  { readonly input: Pick<UpdateOperatorInput, 'id' | 'role'> },
  object,
  { readonly result: DisableOperatorPayload }
>;

/** Mutations after which the operator's answers of the authorizer may differ. */
const isEnding = (ctx: EndingContext): boolean => ctx.info.fieldName === 'disableOperator' || !!ctx.args.input.role;

export function request(ctx: EndingContext) {
  const answer = ctx.prev.result;
  if (!answer.operator || !isEnding(ctx)) runtime.earlyReturn(answer);
  return { payload: null };
}

export function response(ctx: EndingContext) {
  const payload = { userId: ctx.args.input.id };
  extensions.invalidateSubscriptions({ subscriptionField: 'onTenantChanged', payload });
  extensions.invalidateSubscriptions({ subscriptionField: 'onProvisioningProgress', payload });
  extensions.invalidateSubscriptions({ subscriptionField: 'onRolloutChanged', payload });
  return ctx.prev.result;
}
