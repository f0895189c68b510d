import { TenantStacksDocument } from '../../../../generated/documents/admin/graphql.ts';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { formatEnum } from '../../../ui/formats/number.ts';
import { formatDateTime } from '../../../ui/formats/time.ts';
import { usePages } from '../../../ui/react/pages.ts';
import { GoTo } from '../../shell/go-to.tsx';
import { ListTable } from '../../shell/list-table.tsx';
import { WorkStatusText } from './stack-status.tsx';

/** All deployments of the tenant template: the pool, and tenants' own. */
export function StacksPage() {
  const list = usePages(TenantStacksDocument, {}, ({ tenantStacks }) => tenantStacks);
  return (
    <ListTable
      title="Stacks"
      list={list}
      trackBy="tenantId"
      empty={<EmptyState title="No stacks yet">The pool is made with the control plane.</EmptyState>}
      columns={[
        {
          id: 'name',
          header: 'Stack',
          isRowHeader: true,
          cell: ({ tenantId, stackName }) => <GoTo href={`/stacks/${tenantId}`}>{stackName}</GoTo>,
        },
        { id: 'status', header: 'Status', cell: ({ status }) => <WorkStatusText status={status} /> },
        { id: 'release', header: 'Release', cell: ({ release }) => release ?? 'None yet' },
        { id: 'wave', header: 'Wave', cell: ({ wave }) => formatEnum(wave) },
        { id: 'region', header: 'Region', cell: ({ region }) => region },
        { id: 'updated', header: 'Changed', cell: ({ updatedAt }) => formatDateTime(updatedAt) },
      ]}
    />
  );
}
