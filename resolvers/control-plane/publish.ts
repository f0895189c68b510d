/** Answers what the tables' streams tell, for the subscriptions to pass on; nothing is stored. */
import { type Context, extensions, util } from '@aws-appsync/utils';
import type {
  PublishProvisioningRunInput,
  PublishRegistrationInput,
  PublishRolloutInput,
  PublishTenantInput,
} from '../../generated/control-plane.ts';

type PublishContext = Context<{
  readonly input: PublishRegistrationInput | PublishTenantInput | PublishProvisioningRunInput | PublishRolloutInput;
}>;

/** What operators follow by each. Who follows a registration has no token that could expire. */
const followedBy: Readonly<Record<string, string>> = {
  publishTenant: 'onTenantChanged',
  publishProvisioningRun: 'onProvisioningProgress',
  publishRollout: 'onRolloutChanged',
};

export function request(ctx: PublishContext) {
  return { payload: ctx.args.input };
}

/** Ends the subscriptions of tokens that have expired by now, too. */
export function response(ctx: PublishContext) {
  const subscriptionField = followedBy[ctx.info.fieldName];
  if (subscriptionField) {
    const payload = { publishedAt: util.time.nowEpochSeconds() };
    extensions.invalidateSubscriptions({ subscriptionField, payload });
  }
  return ctx.args.input;
}
