import { type Context, runtime } from '@aws-appsync/utils';
import { get } from '@aws-appsync/utils/dynamodb';
import type { QueryRegistrationArgs, Registration } from '../../generated/control-plane.ts';
import { failOnError } from '../lib/failOnError.ts';
import { isIdentifier } from '../lib/identifier.ts';

type StoredRegistration = Omit<Registration, 'id'> & { readonly registrationId: string };

export function request(ctx: Context<QueryRegistrationArgs>) {
  if (!isIdentifier(ctx.args.id)) runtime.earlyReturn(null);
  return get({ key: { registrationId: ctx.args.id }, consistentRead: true });
}

/** Whoever holds the id may follow the onboarding, but not read the administrator's name and address. */
export function response(
  ctx: Context<QueryRegistrationArgs, object, undefined, undefined, StoredRegistration | null>,
): Registration | null {
  failOnError(ctx);
  const item = ctx.result;
  if (!item) return null;
  return {
    id: item.registrationId,
    tenantId: item.tenantId,
    companyName: item.companyName,
    slug: item.slug,
    tier: item.tier,
    status: item.status,
    steps: item.steps,
    failure: item.failure ?? null,
    createdAt: item.createdAt,
    updatedAt: item.updatedAt,
  };
}
