import type { TenantRole, User, UserStatus } from '../../../generated/application.ts';

/** An item of TenantUsers. */
export interface StoredUser {
  readonly tenantId: string;
  /** Cognito's `sub`. */
  readonly userId: string;
  readonly email: string;
  readonly name: string;
  readonly role: TenantRole;
  readonly status: UserStatus;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export function toUser(item: StoredUser): User {
  return {
    id: item.userId,
    email: item.email,
    name: item.name,
    role: item.role,
    status: item.status,
    createdAt: item.createdAt,
    updatedAt: item.updatedAt,
  };
}
