import { type TransactItems, transact } from '../layer/transact.ts';
import { anotherAdminStays, isActingAdmin } from './last-admin.ts';
import { type Membership, readMembership } from './membership.ts';
import { replaceMembership } from './membership.ts';
import type { Services } from './services.ts';

export type MembershipOutcome =
  | { readonly outcome: 'changed'; readonly member: Membership }
  | { readonly outcome: 'no such user' | 'last admin' | 'refused' };

interface MembershipChange {
  readonly tenantId: string;
  readonly userId: string;
  /** What the member becomes. */
  change(member: Membership): Membership;
  /** What is written with it, all or nothing; a condition of these that fails answers `refused`. */
  readonly alongside: (member: Membership) => TransactItems;
  /** Whether the tenant may be left without an admin. */
  readonly lastAdminMayGo?: boolean;
}

/** Somebody else kept changing the same user; nothing was written. */
export class ContendedUserError extends Error {
  override readonly name = 'ContendedUserError';
  constructor(readonly userId: string) {
    super(`User ${userId} was changed by others during ${mostAttempts} attempts; try again`);
  }
}

const mostAttempts = 5;

/** Changes one membership in one transaction, reading it anew when somebody else was faster. */
export async function changeMembership(services: Services, request: MembershipChange): Promise<MembershipOutcome> {
  const { tenantId, userId, change, alongside, lastAdminMayGo } = request;
  for (let attempt = 1; attempt <= mostAttempts; attempt += 1) {
    const before = await readMembership(services, tenantId, userId);
    if (!before) return { outcome: 'no such user' };
    const after = change(before);

    const needsAnotherAdmin = !lastAdminMayGo && isActingAdmin(before) && !isActingAdmin(after);
    const another = needsAnotherAdmin ? await anotherAdminStays(services, before) : undefined;
    if (needsAnotherAdmin && !another) return { outcome: 'last admin' };

    const guarded = [replaceMembership(services, before, after), ...(another ? [another] : [])];
    const result = await transact(services.documents, [...guarded, ...alongside(before)]);
    if (result.written) return { outcome: 'changed', member: after };
    if (result.refused.every((index) => index >= guarded.length)) return { outcome: 'refused' };
  }
  throw new ContendedUserError(userId);
}
