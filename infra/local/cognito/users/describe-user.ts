import type { User } from '../model.ts';
import { toList, type Attributes } from './attribute-rules.ts';

/** A user as UserType, as lists and AdminCreateUser show it. */
export function describeUser(user: User) {
  return {
    Username: user.username,
    Attributes: toList({ sub: user.sub, ...user.attributes }),
    UserCreateDate: new Date(user.createdAt),
    UserLastModifiedDate: new Date(user.modifiedAt),
    Enabled: user.enabled,
    UserStatus: user.status,
  };
}

export function describeMfa(user: User) {
  return user.totpEnabled
    ? { PreferredMfaSetting: 'SOFTWARE_TOKEN_MFA', UserMFASettingList: ['SOFTWARE_TOKEN_MFA'] }
    : {};
}

export function visibleAttributes(user: User, attributes: Attributes) {
  return toList({ sub: user.sub, ...attributes });
}
