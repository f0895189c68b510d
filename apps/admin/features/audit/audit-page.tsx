import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { AuditTable } from './audit-table.tsx';

/** Everything that was done, by anyone, to anything; the filter in the address. */
export function AuditPage() {
  const search = useSearch({ from: '/audit' });
  const navigate = useNavigate();
  const tenantId = search.tenant?.trim();
  const action = search.action?.trim();
  const go = (changed: typeof search): void => {
    const kept = Object.entries({ ...search, ...changed }).filter(([, value]) => value !== '');
    void navigate({ to: '/audit', search: Object.fromEntries(kept), replace: true });
  };
  const filtered = tenantId || action;
  return (
    <AuditTable
      title="Audit log"
      filter={{ ...(tenantId && { tenantId }), ...(action && { action }) }}
      {...(filtered && { onClearFilter: () => go({ tenant: '', action: '' }) })}
      controls={
        <SpaceBetween direction="horizontal" size="xs">
          <Input
            type="search"
            clearAriaLabel="Clear"
            ariaLabel="Action"
            placeholder="Action, suspendTenant for one"
            value={search.action ?? ''}
            onChange={({ detail }) => go({ action: detail.value })}
          />
          <Input
            type="search"
            clearAriaLabel="Clear"
            ariaLabel="Tenant’s id"
            placeholder="Tenant’s id"
            value={search.tenant ?? ''}
            onChange={({ detail }) => go({ tenant: detail.value })}
          />
        </SpaceBetween>
      }
    />
  );
}
