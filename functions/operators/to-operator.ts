import type { AttributeType } from '@aws-sdk/client-cognito-identity-provider';
import type { Operator, OperatorRole, UserStatus } from '../../generated/control-plane.ts';

/** What Cognito's answers say of a user; their types differ in the attributes' name only. */
export interface PoolUser {
  readonly Username?: string | undefined;
  readonly Enabled?: boolean | undefined;
  readonly UserStatus?: string | undefined;
  readonly UserCreateDate?: Date | undefined;
  readonly UserLastModifiedDate?: Date | undefined;
}

export function toOperator(user: PoolUser, attributes: readonly AttributeType[] = [], role: OperatorRole): Operator {
  const attribute = (name: string) => attributes.find(({ Name }) => Name === name)?.Value ?? '';
  return {
    id: user.Username ?? '',
    email: attribute('email'),
    name: attribute('name'),
    role,
    status: statusOf(user),
    createdAt: (user.UserCreateDate ?? new Date(0)).toISOString(),
    updatedAt: (user.UserLastModifiedDate ?? new Date(0)).toISOString(),
  };
}

function statusOf({ Enabled, UserStatus }: PoolUser): UserStatus {
  if (Enabled === false) return 'DISABLED';
  return UserStatus === 'FORCE_CHANGE_PASSWORD' ? 'INVITED' : 'ACTIVE';
}
