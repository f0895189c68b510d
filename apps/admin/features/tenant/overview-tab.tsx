import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TenantFieldsFragment } from '../../../../generated/documents/admin/graphql.ts';
import { formatEnum, formatNumber } from '../../../ui/formats/number.ts';
import { formatDateTime } from '../../../ui/formats/time.ts';
import { GoTo } from '../../shell/go-to.tsx';
import { TenantStatusText } from '../tenants/tenant-status.tsx';
import { CommandLines } from './command-lines.tsx';
import { limitLabels } from './limits.ts';
import { Move, Offboarding } from './transitions.tsx';

export function OverviewTab({ tenant }: { readonly tenant: TenantFieldsFragment }) {
  const { id, slug, status, tier, deployment, adminEmail, currency, limits, hasOwnLimits, failure } = tenant;
  return (
    <SpaceBetween size="l">
      {failure && (
        <Alert type="error" header="Its onboarding failed">
          {failure} <GoTo href={`/tenants/${id}?tab=stack`}>See its runs</GoTo>
        </Alert>
      )}
      <Offboarding offboarding={tenant.offboarding} />
      <Move move={tenant.move} />
      <Container header={<Header variant="h2">Tenant</Header>}>
        <KeyValuePairs
          columns={4}
          items={[
            { label: 'Status', value: <TenantStatusText status={status} /> },
            { label: 'Tier', value: formatEnum(tier) },
            { label: 'Deployment', value: deployment === 'SILO' ? 'A stack of its own' : 'In the pool' },
            { label: 'Administrator', value: adminEmail },
            { label: 'Id', value: id },
            { label: 'Currency', value: currency },
            { label: 'Since', value: formatDateTime(tenant.createdAt) },
            { label: 'Changed', value: formatDateTime(tenant.updatedAt) },
            ...(status === 'ACTIVE'
              ? [{ label: 'API', value: <GoTo href={`/console?tenant=${slug}`}>Open in the console</GoTo> }]
              : []),
          ]}
        />
      </Container>
      <Container
        header={
          <Header variant="h2" description={hasOwnLimits ? 'Its own' : `Those of the tier ${formatEnum(tier)}`}>
            Limits
          </Header>
        }
      >
        <KeyValuePairs
          columns={4}
          items={limitLabels.map(([field, label]) => ({ label, value: formatNumber(limits[field]) }))}
        />
      </Container>
      <CommandLines tenant={tenant} />
    </SpaceBetween>
  );
}
