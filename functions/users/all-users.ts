import type { UserErrorCode } from '../../generated/control-plane.ts';
import { transact } from '../layer/transact.ts';
import { type UserError, userError } from '../layer/user-error.ts';
import { disableMember } from './disable-user.ts';
import { enableMember } from './enable-user.ts';
import { type Membership, readMemberships } from './membership.ts';
import type { Scope, Services } from './services.ts';
import { readTenant, type StoredTenant } from './tenant.ts';

export interface AllUsersPayload {
  readonly tenant: (StoredTenant & { readonly id: string }) | null;
  /** Users that were found otherwise and set; a repetition that finds nothing left answers 0. */
  readonly count: number;
  readonly userErrors: readonly UserError<UserErrorCode>[];
}

/** Shuts out every user of a tenant, its last admin too. */
export const disableAllUsers = (services: Services) => (scope: Scope) =>
  setAllUsers(
    services,
    scope,
    ({ status }) => status !== 'DISABLED',
    (tenant, { userId }) => disableMember(services, tenant, userId, { audit: () => [], lastAdminMayGo: true }),
  );

/** Lets in every user of a tenant that is shut out. */
export const enableAllUsers = (services: Services) => (scope: Scope) =>
  setAllUsers(
    services,
    scope,
    ({ status }) => status === 'DISABLED',
    (tenant, { userId }) => enableMember(services, tenant, userId, () => []),
  );

/** Within Cognito's default rate for administrators. */
const atOnce = 5;

async function setAllUsers(
  services: Services,
  { tenantId, audit }: Scope,
  isConcerned: (member: Membership) => boolean,
  set: (tenant: StoredTenant, member: Membership) => Promise<unknown>,
): Promise<AllUsersPayload> {
  const tenant = await readTenant(services, tenantId);
  if (!tenant) {
    return { tenant: null, count: 0, userErrors: [userError('NOT_FOUND', 'tenantId', 'There is no such tenant.')] };
  }
  let count = 0;
  for await (const members of readMemberships(services, tenantId)) {
    const concerned = members.filter(isConcerned);
    for (let from = 0; from < concerned.length; from += atOnce) {
      await Promise.all(concerned.slice(from, from + atOnce).map((member) => set(tenant, member)));
    }
    count += concerned.length;
  }
  const entries = audit({ count });
  if (entries.length > 0) await transact(services.documents, entries);
  return { tenant: { ...tenant, id: tenant.tenantId }, count, userErrors: [] };
}
