/** Which stack this is and what it runs. No tenant's data, so no gate; the schema lets IAM callers ask and nobody else. */
import type { Context } from '@aws-appsync/utils';
import type { Health } from '../../generated/application.ts';

export function request() {
  return { payload: null };
}

export function response(ctx: Context): Health {
  return { stack: ctx.env.STACK ?? '', release: ctx.env.RELEASE ?? '' };
}
