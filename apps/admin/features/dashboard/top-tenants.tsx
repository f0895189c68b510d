import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import type { UsageSummaryQuery } from '../../../../generated/documents/admin/graphql.ts';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { formatEnum, formatNumber } from '../../../ui/formats/number.ts';
import { GoTo } from '../../shell/go-to.tsx';
import { formatCost, formatShare } from './figures.ts';

export interface TopTenantsProps {
  /** The most used first. */
  readonly tenants: UsageSummaryQuery['usageSummary']['tenants'];
  readonly description: string;
}

export function TopTenants({ tenants, description }: TopTenantsProps) {
  return (
    <Table
      items={tenants.slice(0, 10)}
      trackBy="tenantId"
      wrapLines
      ariaLabels={{ tableLabel: 'Most used' }}
      header={
        <Header variant="h2" description={description}>
          Most used
        </Header>
      }
      empty={<EmptyState title="No requests this month">Each tenant’s use will be here.</EmptyState>}
      columnDefinitions={[
        {
          id: 'name',
          header: 'Tenant',
          isRowHeader: true,
          cell: ({ tenantId, name }) => <GoTo href={`/tenants/${tenantId}?tab=usage`}>{name}</GoTo>,
        },
        { id: 'tier', header: 'Tier', cell: ({ tier }) => formatEnum(tier) },
        { id: 'operations', header: 'Requests', cell: ({ operations }) => formatNumber(operations) },
        { id: 'reads', header: 'Reads', cell: ({ reads }) => formatNumber(reads) },
        { id: 'writes', header: 'Writes', cell: ({ writes }) => formatNumber(writes) },
        { id: 'refused', header: 'Refused', cell: ({ refused }) => formatNumber(refused) },
        { id: 'quota', header: 'Of the month’s quota', cell: ({ quotaShare }) => formatShare(quotaShare) },
        { id: 'today', header: 'Of today’s', cell: ({ dayQuotaShare }) => formatShare(dayQuotaShare) },
        { id: 'cost', header: 'Cost', cell: ({ cost }) => formatCost(cost) },
      ]}
    />
  );
}
