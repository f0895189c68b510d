import type { Clock } from './clock.ts';
import type { OperatorIdentity } from './field-call.ts';
import type { CreateId } from './ids.ts';
import { ulids } from './ids.ts';

/** What someone did. */
export interface AuditedAction {
  /** An operator, `system` for the product itself, `public` for whoever has no account. */
  readonly actor: OperatorIdentity | 'system' | 'public';
  /** The GraphQL field that did it: `suspendTenant` */
  readonly action: string;
  readonly tenantId?: string;
  /** What it was done with. Never a secret. */
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** An item of the AuditLog table. Put it in the transaction of what it tells of, wherever there is one. */
export interface AuditEntry {
  readonly listing: 'AUDIT';
  readonly id: string;
  readonly at: string;
  readonly actor: string;
  readonly actorEmail?: string;
  readonly action: string;
  readonly tenantId?: string;
  readonly detail?: string;
}

export function auditEntry(audited: AuditedAction, clock: Clock, createId: CreateId = ulids(clock)): AuditEntry {
  const { actor, action, tenantId, detail } = audited;
  return {
    listing: 'AUDIT',
    id: createId(),
    at: clock().toISOString(),
    ...(typeof actor === 'string' ? { actor } : { actor: actor.userId, actorEmail: actor.email }),
    action,
    ...(tenantId !== undefined && { tenantId }),
    ...(detail !== undefined && { detail: JSON.stringify(detail) }),
  };
}
