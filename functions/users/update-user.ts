import type { TenantRole } from '../../generated/application.ts';
import { checkText, invalidInput, problems, tidy } from '../layer/input-checks.ts';
import { changeMembership } from './change-membership.ts';
import { toPerson } from './membership.ts';
import { noSuchUser, refuse, type Scope, type Services, type UserPayload } from './services.ts';

interface UpdateUser {
  readonly id: string;
  readonly name?: string | null;
  readonly role?: TenantRole | null;
}

/** Changes a user's name or role. A role holds with the authorizer's next answer, within a minute. */
export const updateUser =
  (services: Services) =>
  async ({ tenantId, audit }: Scope, { id, name, role }: UpdateUser): Promise<UserPayload> => {
    const newName = typeof name === 'string' ? tidy(name) : undefined;
    const userErrors = problems(
      newName === undefined ? null : checkText('name', newName, { shortest: 1, longest: 100 }),
      newName === undefined && !role ? invalidInput('name', 'and role are both missing, expected one to change') : null,
    );
    if (userErrors.length > 0) return { user: null, userErrors };

    const result = await changeMembership(services, {
      tenantId,
      userId: id,
      change: (member) => ({
        ...member,
        name: newName ?? member.name,
        role: role ?? member.role,
        updatedAt: services.clock().toISOString(),
      }),
      alongside: () => audit({ userId: id, name: newName, role: role ?? undefined }),
    });
    if (result.outcome === 'changed') return { user: toPerson(result.member), userErrors: [] };
    return result.outcome === 'last admin' ? lastAdmin : noSuchUser;
  };

const lastAdmin = refuse('LAST_ADMIN', 'role', 'This is the last active admin; make another user an admin first.');
