import {
  AdminListGroupsForUserCommand,
  ListUsersInGroupCommand,
  type UserType,
} from '@aws-sdk/client-cognito-identity-provider';
import type { OperatorRole } from '../../generated/control-plane.ts';
import type { Dependencies } from './dependencies.ts';

/** An operator's role is a group of the pool. The greater role first: it counts for who is in both. */
export const groupOfRole = {
  SYSTEM_ADMIN: 'SystemAdmin',
  CUSTOMER_SUPPORT: 'CustomerSupport',
} as const satisfies Record<OperatorRole, string>;

export const roles = Object.keys(groupOfRole) as OperatorRole[];

type Pool = Pick<Dependencies, 'cognito' | 'userPoolId'>;

/** Undefined for who is in neither group and so is no operator. */
export async function roleOf(userId: string, { cognito, userPoolId }: Pool): Promise<OperatorRole | undefined> {
  const { Groups = [] } = await cognito.send(
    new AdminListGroupsForUserCommand({ UserPoolId: userPoolId, Username: userId }),
  );
  const groups = Groups.map(({ GroupName }) => GroupName);
  return roles.find((role) => groups.includes(groupOfRole[role]));
}

/** Everyone in the group of a role. Operators are a company's own staff: they fit into memory. */
export async function usersWithRole(role: OperatorRole, { cognito, userPoolId }: Pool): Promise<UserType[]> {
  const found: UserType[] = [];
  let next: string | undefined;
  do {
    const page = await cognito.send(
      new ListUsersInGroupCommand({
        UserPoolId: userPoolId,
        GroupName: groupOfRole[role],
        Limit: 60,
        ...(next !== undefined && { NextToken: next }),
      }),
    );
    found.push(...(page.Users ?? []));
    next = page.NextToken;
  } while (next !== undefined);
  return found;
}

/** Whether a system admin other than this one can sign in. */
export async function hasOtherAdmin(userId: string, pool: Pool): Promise<boolean> {
  const admins = await usersWithRole('SYSTEM_ADMIN', pool);
  return admins.some(({ Username, Enabled }) => Username !== userId && Enabled !== false);
}
