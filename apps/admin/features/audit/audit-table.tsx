import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { type ReactNode, useState } from 'react';
import { type AuditFieldsFragment, AuditLogDocument } from '../../../../generated/documents/admin/graphql.ts';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { formatDateTime } from '../../../ui/formats/time.ts';
import { useApi } from '../../../ui/react/api.tsx';
import { useNotices } from '../../../ui/react/notices.tsx';
import { usePages } from '../../../ui/react/pages.ts';
import { GoTo } from '../../shell/go-to.tsx';
import { ListTable } from '../../shell/list-table.tsx';
import { downloadAudit } from './download-audit.ts';

export interface AuditTableProps {
  readonly title: string;
  readonly filter: { readonly tenantId?: string; readonly action?: string };
  /** Where the filter is set. */
  readonly controls?: ReactNode;
  readonly onClearFilter?: () => void;
  /** Within a tenant's page. */
  readonly embedded?: boolean;
}

/** Who did what, the newest first. */
export function AuditTable({ title, filter, controls, onClearFilter, embedded = false }: AuditTableProps) {
  const list = usePages(AuditLogDocument, { filter }, ({ auditLog }) => auditLog);
  const clear = onClearFilter && <Button onClick={onClearFilter}>Everything</Button>;
  return (
    <ListTable
      title={title}
      embedded={embedded}
      list={list}
      trackBy="id"
      actions={<Download filter={filter} />}
      filter={controls}
      empty={
        onClearFilter ? (
          <EmptyState title="Nothing matches" action={clear}>
            Nothing like that was done.
          </EmptyState>
        ) : (
          <EmptyState title="Nothing yet">What people and the system change is kept here.</EmptyState>
        )
      }
      columns={[
        { id: 'at', header: 'When', minWidth: 130, cell: ({ at }) => <time dateTime={at}>{formatDateTime(at)}</time> },
        { id: 'who', header: 'Who', cell: ({ actor, actorEmail }) => actorEmail ?? actor },
        { id: 'action', header: 'Action', isRowHeader: true, cell: ({ action }) => action },
        ...(embedded ? [] : [{ id: 'tenant', header: 'Tenant', cell: tenantOf }]),
        { id: 'detail', header: 'With', cell: ({ detail }) => <Detail json={detail} /> },
      ]}
    />
  );
}

const tenantOf = ({ tenantId }: AuditFieldsFragment): ReactNode =>
  tenantId && tenantId !== 'pooled' ? <GoTo href={`/tenants/${tenantId}`}>{tenantId}</GoTo> : tenantId;

/** `reason: Unpaid · tier: BASIC` */
function Detail({ json }: { readonly json: string | null | undefined }) {
  if (!json) return null;
  const detail = JSON.parse(json) as Record<string, unknown>;
  const parts = Object.entries(detail).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  return <Box variant="small">{parts.join(' · ')}</Box>;
}

function Download({ filter }: Pick<AuditTableProps, 'filter'>) {
  const { graphql } = useApi();
  const { show, showError } = useNotices();
  const [busy, setBusy] = useState(false);
  const download = async (): Promise<void> => {
    setBusy(true);
    try {
      const { rows, complete } = await downloadAudit(graphql, filter);
      const text = complete ? `${rows} entries are in the file.` : `The newest ${rows} entries are in the file.`;
      show({ type: 'success', content: text });
    } catch (error) {
      showError(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button iconName="download" loading={busy} onClick={() => void download()}>
      CSV
    </Button>
  );
}
