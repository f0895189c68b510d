import { AuditLogDocument, RolloutDocument, RolloutsDocument } from '../../../../generated/documents/admin/graphql.ts';

/** What shows a rollout, and so is read anew when one was changed. */
export const touchedByRollout = [RolloutDocument, RolloutsDocument, AuditLogDocument] as const;
