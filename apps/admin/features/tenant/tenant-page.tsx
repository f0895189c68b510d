import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import Tabs from '@cloudscape-design/components/tabs';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { TenantDocument, type TenantFieldsFragment } from '../../../../generated/documents/admin/graphql.ts';
import { PageError } from '../../../ui/components/page-error.tsx';
import { PageLoading } from '../../../ui/components/page-loading.tsx';
import { NotFound } from '../../../ui/components/not-found.tsx';
import { formatEnum } from '../../../ui/formats/number.ts';
import { useApiQuery } from '../../../ui/react/queries.ts';
import { AuditTable } from '../audit/audit-table.tsx';
import { StackView } from '../stacks/stack-view.tsx';
import { OverviewTab } from './overview-tab.tsx';
import { stackShownOf } from './stack-shown.ts';
import { TenantActions } from './tenant-actions.tsx';
import { UsageTab } from './usage-tab.tsx';
import { UsersTab } from './users-tab.tsx';

/** One tenant: what it is, and what can be done with it. The tab is in the address. */
export function TenantPage() {
  const { id } = useParams({ from: '/tenants/$id' });
  const { data, error, refetch } = useApiQuery(TenantDocument, { id });
  if (error) return <PageError title="Tenant" error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageLoading title="Tenant" what="the tenant" />;
  return data.tenant ? <Details tenant={data.tenant} /> : <NotFound />;
}

function Details({ tenant }: { readonly tenant: TenantFieldsFragment }) {
  const { tab = 'overview' } = useSearch({ from: '/tenants/$id' });
  const navigate = useNavigate();
  const { id, name, slug, tier } = tenant;
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description={`${slug} · ${formatEnum(tier)}`}
          actions={<TenantActions key={id} tenant={tenant} />}
        >
          {name}
        </Header>
      }
    >
      <Tabs
        ariaLabel={`About ${name}`}
        i18nStrings={{ scrollLeftAriaLabel: 'Earlier tabs', scrollRightAriaLabel: 'Later tabs' }}
        activeTabId={tab}
        onChange={({ detail }) =>
          void navigate({ to: '/tenants/$id', params: { id }, search: { tab: detail.activeTabId } })
        }
        tabs={[
          { id: 'overview', label: 'Overview', content: <OverviewTab tenant={tenant} /> },
          {
            id: 'timeline',
            label: 'Timeline',
            content: <AuditTable filter={{ tenantId: id }} title="Timeline" embedded />,
          },
          { id: 'users', label: 'Users', content: <UsersTab tenant={tenant} /> },
          { id: 'usage', label: 'Usage', content: <UsageTab tenant={tenant} /> },
          { id: 'stack', label: 'Stack and runs', content: <StackView tenantId={stackShownOf(tenant)} /> },
        ]}
      />
    </ContentLayout>
  );
}
