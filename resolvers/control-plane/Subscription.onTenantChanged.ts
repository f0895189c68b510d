import type { Context } from '@aws-appsync/utils';
import { followAsOperator } from '../lib/registry/followAsOperator.ts';

export function request() {
  return { payload: null };
}

/** Every operator sees every tenant. */
export function response(ctx: Context): null {
  return followAsOperator(ctx, []);
}
