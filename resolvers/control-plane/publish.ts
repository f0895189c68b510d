/** Answers what the tables' streams tell, for the subscriptions to pass on; nothing is stored. */
import type { Context } from '@aws-appsync/utils';
import type {
  PublishProvisioningRunInput,
  PublishRegistrationInput,
  PublishRolloutInput,
  PublishTenantInput,
} from '../../generated/control-plane.ts';

type PublishContext = Context<{
  readonly input: PublishRegistrationInput | PublishTenantInput | PublishProvisioningRunInput | PublishRolloutInput;
}>;

export function request(ctx: PublishContext) {
  return { payload: ctx.args.input };
}

export function response(ctx: PublishContext) {
  return ctx.args.input;
}
