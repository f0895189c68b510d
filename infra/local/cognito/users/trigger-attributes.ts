import type { User } from '../model.ts';

/** A user as the events of triggers carry it. */
export function triggerAttributes(user: User): Record<string, string> {
  return { sub: user.sub, 'cognito:user_status': user.status, ...user.attributes };
}
