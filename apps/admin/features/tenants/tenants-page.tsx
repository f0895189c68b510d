import Button from '@cloudscape-design/components/button';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type TenantFieldsFragment, TenantsDocument } from '../../../../generated/documents/admin/graphql.ts';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { formatEnum } from '../../../ui/formats/number.ts';
import { formatDateTime } from '../../../ui/formats/time.ts';
import { usePages } from '../../../ui/react/pages.ts';
import { ChangeButton } from '../../shell/change-button.tsx';
import { GoTo } from '../../shell/go-to.tsx';
import { ListTable } from '../../shell/list-table.tsx';
import { useOperator } from '../../shell/operator.tsx';
import { NewTenant } from './new-tenant.tsx';
import { tenantStatuses, TenantStatusText, tiers } from './tenant-status.tsx';

const choicesOf = (all: string, values: readonly string[]) => [
  { value: '', label: all },
  ...values.map((value) => ({ value, label: formatEnum(value) })),
];
const statusChoices = choicesOf('Any status', tenantStatuses);
const tierChoices = choicesOf('Any tier', tiers);

/** The smallest first. */
const byTier = (one: TenantFieldsFragment, other: TenantFieldsFragment): number =>
  tiers.indexOf(one.tier) - tiers.indexOf(other.tier);

/** All tenants: the filter in the address, sorting by column. */
export function TenantsPage() {
  const search = useSearch({ from: '/tenants' });
  const navigate = useNavigate();
  const { mayChange } = useOperator();
  const status = tenantStatuses.find((each) => each === search.status);
  const tier = tiers.find((each) => each === search.tier);
  const slugPrefix = search.slug?.toLowerCase();
  const filter = { ...(status && { status }), ...(tier && { tier }), ...(slugPrefix && { slugPrefix }) };
  const list = usePages(TenantsDocument, { filter }, ({ tenants }) => tenants);

  const go = (changed: typeof search): void => {
    const kept = Object.entries({ ...search, ...changed }).filter(([, value]) => value !== '');
    void navigate({ to: '/tenants', search: Object.fromEntries(kept), replace: true });
  };
  const create = (
    <ChangeButton variant="primary" onClick={() => go({ create: 'yes' })}>
      Create tenant
    </ChangeButton>
  );
  return (
    <>
      <ListTable
        title="Tenants"
        list={list}
        trackBy="id"
        actions={create}
        filter={
          <SpaceBetween direction="horizontal" size="xs">
            <Input
              type="search"
              clearAriaLabel="Clear"
              ariaLabel="Workspace name begins with"
              placeholder="Workspace name"
              value={search.slug ?? ''}
              onChange={({ detail }) => go({ slug: detail.value })}
            />
            <Select
              ariaLabel="Status"
              selectedOption={statusChoices.find(({ value }) => value === (status ?? '')) ?? null}
              options={statusChoices}
              onChange={({ detail }) => go({ status: detail.selectedOption.value ?? '' })}
            />
            <Select
              ariaLabel="Tier"
              selectedOption={tierChoices.find(({ value }) => value === (tier ?? '')) ?? null}
              options={tierChoices}
              onChange={({ detail }) => go({ tier: detail.selectedOption.value ?? '' })}
            />
          </SpaceBetween>
        }
        empty={
          Object.keys(filter).length === 0 ? (
            <EmptyState title="No tenants yet" action={create}>
              Who signs up, or is created here, is listed here.
            </EmptyState>
          ) : (
            <EmptyState
              title="Nothing matches"
              action={<Button onClick={() => go({ status: '', tier: '', slug: '' })}>All tenants</Button>}
            >
              No tenant is like that.
            </EmptyState>
          )
        }
        columns={[
          {
            id: 'name',
            header: 'Name',
            sortingField: 'name',
            isRowHeader: true,
            cell: ({ id, name }) => <GoTo href={`/tenants/${id}`}>{name}</GoTo>,
          },
          { id: 'slug', header: 'Workspace', sortingField: 'slug', cell: ({ slug }) => slug },
          {
            id: 'status',
            header: 'Status',
            sortingField: 'status',
            cell: (tenant) => <TenantStatusText status={tenant.status} />,
          },
          { id: 'tier', header: 'Tier', sortingComparator: byTier, cell: (tenant) => formatEnum(tenant.tier) },
          {
            id: 'deployment',
            header: 'Deployment',
            sortingField: 'deployment',
            cell: ({ deployment }) => formatEnum(deployment),
          },
          { id: 'admin', header: 'Administrator', sortingField: 'adminEmail', cell: ({ adminEmail }) => adminEmail },
          {
            id: 'created',
            header: 'Since',
            sortingField: 'createdAt',
            cell: ({ createdAt }) => formatDateTime(createdAt),
          },
        ]}
      />
      {search.create && mayChange && <NewTenant onClose={() => go({ create: '' })} />}
    </>
  );
}
