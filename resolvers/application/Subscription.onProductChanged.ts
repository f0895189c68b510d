import type { Context } from '@aws-appsync/utils';
import { subscribeOwn } from '../lib/subscribeOwn.ts';

export function request() {
  return { payload: null };
}

export function response(ctx: Context) {
  return subscribeOwn(ctx);
}
