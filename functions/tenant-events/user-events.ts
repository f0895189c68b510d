import { sbtEvent, type SbtEvent } from '../layer/events/sbt-event.ts';
import type { Change } from '../layer/stream.ts';

/** What the bus is told of a change of TenantUsers: who became a user of which tenant, and who is none any more. */
export function userEventsOf({ before, after }: Change): SbtEvent[] {
  const user = after ?? before;
  if (!user || (before && after) || typeof user['userId'] !== 'string' || typeof user['role'] !== 'string') return [];
  const { tenantId, userId, email, name, role } = user;
  const detail = { tenantId, userName: userId, email, name, role };
  return [sbtEvent(after ? 'tenantUserCreated' : 'tenantUserDeleted', `${tenantId as string}-${userId}`, detail)];
}
