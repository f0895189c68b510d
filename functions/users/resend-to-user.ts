import { UnsupportedUserStateException } from '@aws-sdk/client-cognito-identity-provider';
import { resendInvitation } from '../layer/invitation.ts';
import { transact } from '../layer/transact.ts';
import { type Membership, readMembership, replaceMembership, toPerson } from './membership.ts';
import { noSuchTenant, noSuchUser, refuse, type Scope, type Services, type UserPayload } from './services.ts';
import { isBeingMoved, readTenant, userPoolOf } from './tenant.ts';

/** Milliseconds between two mails, so that nobody's inbox is filled by way of us. */
const pause = 60_000;

const invalid = (message: string): UserPayload => refuse('INVALID_STATE', 'id', message);
const hasChosen = invalid(
  'This user has chosen a password already; whoever forgot it asks for another at the sign-in.',
);

/**
 * Mails a new temporary password to a person whose invitation was lost or has run out. That it is sent is written first: of two such calls
 * at once, one sends.
 */
export const resendToUser =
  (services: Services) =>
  async (scope: Scope, { id }: { readonly id: string }): Promise<UserPayload> => {
    const { clock, cognito, documents } = services;
    const tenant = await readTenant(services, scope.tenantId);
    if (!tenant) return noSuchTenant;
    const member = await readMembership(services, scope.tenantId, id);
    if (!member) return noSuchUser;
    if (isBeingMoved(tenant))
      return invalid(
        'The tenant is being moved to another stack, from which its invitations will come; wait for that.',
      );
    const now = clock();
    const obstacle = obstacleOf(member, now);
    if (obstacle) return obstacle;

    const at = now.toISOString();
    const after = { ...member, invitedAt: at, updatedAt: at };
    const { email } = member;
    const { written } = await transact(documents, [
      replaceMembership(services, member, after),
      ...scope.audit({ userId: id, email }),
    ]);
    if (!written) return invalid('This user was changed at the same moment; look at it again.');
    try {
      await resendInvitation(cognito, { userPoolId: userPoolOf(tenant), email });
    } catch (error) {
      if (error instanceof UnsupportedUserStateException) return hasChosen;
      throw error;
    }
    return { user: toPerson(after), userErrors: [] };
  };

function obstacleOf({ status, invitedAt }: Membership, now: Date): UserPayload | undefined {
  if (status === 'ACTIVE') return hasChosen;
  if (status === 'DISABLED') return invalid('This user is disabled; enable the user first.');
  if (invitedAt !== undefined && now.getTime() - Date.parse(invitedAt) < pause)
    return invalid('The invitation was sent again less than a minute ago; it can be sent once a minute.');
  return undefined;
}
