/** Answers what the table's stream tells, for the subscriptions to pass on; nothing is stored. */
import type { Context } from '@aws-appsync/utils';
import { publishNow } from '../lib/publishNow.ts';
import type { MutationPublishProductChangeArgs } from '../../generated/application.ts';

export function request(ctx: Context<MutationPublishProductChangeArgs>) {
  return { payload: ctx.args.input };
}

export function response(ctx: Context<MutationPublishProductChangeArgs>) {
  return publishNow('onProductChanged', ctx.args.input);
}
