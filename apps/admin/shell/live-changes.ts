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
import type { ApiError } from '../../ui/graphql/errors.ts';
import { useNotices } from '../../ui/react/notices.tsx';
import { queryKey } from '../../ui/react/queries.ts';
import { showPushed } from '../../ui/react/show-pushed.ts';
import { showInLists } from './all-pages.ts';

/** Keeps every page as the business is now: what a change touches is shown anew, wherever it was made. */
export function useLiveChanges(): void {
  const queries = useQueryClient();
  const { showError } = useNotices();
  const onError = (error: ApiError): void => void showError(error, 'Changes are not followed');
  const refresh = (...documents: readonly { toString(): string }[]): void => {
    for (const document of documents) void queries.invalidateQueries({ queryKey: queryKey(document) });
  };
  useSubscription(
    TenantChangedDocument,
    {},
    {
      onError,
      onReady: () => refresh(TenantsDocument, TenantDocument, TenantStacksDocument),
      onData: ({ onTenantChanged: tenant }) => {
        if (!tenant) return;
        void showPushed(queries, TenantDocument, { id: tenant.id }, { tenant });
        showInLists(queries, TenantsDocument, { node: tenant, idOf: ({ id }) => id, orderOf: ({ slug }) => slug });
        refresh(TenantStacksDocument, AuditLogDocument);
      },
    },
  );
  useSubscription(
    RolloutChangedDocument,
    {},
    {
      onError,
      onReady: () => refresh(RolloutsDocument, RolloutDocument),
      onData: ({ onRolloutChanged: rollout }) => {
        if (!rollout) return;
        void showPushed(queries, RolloutDocument, { id: rollout.id }, { rollout });
        refresh(RolloutsDocument, TenantStacksDocument, AuditLogDocument);
      },
    },
  );
}
