import type { Call } from '../../service.ts';

/** Needs no permission. */
export function getCallerIdentity({ principal }: Call) {
  return { UserId: principal.userId, Account: principal.accountId, Arn: principal.arn };
}
