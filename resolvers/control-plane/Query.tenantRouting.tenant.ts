/**
 * Finds the stack of the slug's owner: the pooled one for whoever is not there or has no stack of its own. A silo that is suspended or on its
 * way out answers its own as long as that is there: at its sign-in its people hear why they are not let in, and elsewhere that they are unknown.
 */
import type { Context } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import { failOnError } from '../lib/failOnError.ts';
import { isOpened, type StoredTenant } from '../lib/registry/tenant.ts';

/** Before the removal begins: the stack is whole. */
const beforeRemoval = ['SUSPEND', 'EXPORT', 'RETAIN'];

type RoutingContext<Result> = Context<
  unknown,
  object,
  { readonly result: { readonly owner: string } },
  undefined,
  Result
>;

export function request(ctx: RoutingContext<undefined>) {
  return get({ key: { tenantId: ctx.prev.result.owner } });
}

export function response(ctx: RoutingContext<StoredTenant | null>): { readonly stack: string } {
  failOnError(ctx);
  return { stack: ctx.result && hasItsStack(ctx.result) ? ctx.result.stack : 'pooled' };
}

function hasItsStack({ status, offboarding }: StoredTenant): boolean {
  if (status !== 'OFFBOARDING' || !offboarding) return isOpened(status);
  return isOpened(offboarding.statusBefore) && beforeRemoval.indexOf(offboarding.step) >= 0;
}
