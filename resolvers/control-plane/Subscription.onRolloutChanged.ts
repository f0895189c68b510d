import type { Context } from '@aws-appsync/utils';
import { operator } from '../lib/registry/operator.ts';

export function request() {
  return { payload: null };
}

/** Every operator sees every rollout. */
export function response(ctx: Context): null {
  operator(ctx);
  return null;
}
