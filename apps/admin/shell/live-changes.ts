import { useQueryClient } from '@tanstack/react-query';
import {
  AuditLogDocument,
  RolloutChangedDocument,
  RolloutDocument,
  RolloutsDocument,
  TenantChangedDocument,
  TenantDocument,
  TenantsDocument,
  TenantStacksDocument,
} from '../../../generated/documents/admin/graphql.ts';
import { useSubscription } from '../../ui/react/live.ts';
import { queryKey } from '../../ui/react/queries.ts';
import { showPushed } from '../../ui/react/show-pushed.ts';

/** Keeps every page as the business is now: what a change touches is shown anew, wherever it was made. */
export function useLiveChanges(): void {
  const queries = useQueryClient();
  const refresh = (...documents: readonly { toString(): string }[]): void => {
    for (const document of documents) void queries.invalidateQueries({ queryKey: queryKey(document) });
  };
  useSubscription(
    TenantChangedDocument,
    {},
    {
      onReady: () => refresh(TenantsDocument, TenantDocument, TenantStacksDocument),
      onData: ({ onTenantChanged: tenant }) => {
        if (!tenant) return;
        void showPushed(queries, TenantDocument, { id: tenant.id }, { tenant });
        refresh(TenantsDocument, TenantStacksDocument, AuditLogDocument);
      },
    },
  );
  useSubscription(
    RolloutChangedDocument,
    {},
    {
      onReady: () => refresh(RolloutsDocument, RolloutDocument),
      onData: ({ onRolloutChanged: rollout }) => {
        if (!rollout) return;
        void showPushed(queries, RolloutDocument, { id: rollout.id }, { rollout });
        refresh(RolloutsDocument, TenantStacksDocument, AuditLogDocument);
      },
    },
  );
}
