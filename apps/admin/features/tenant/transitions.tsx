import Container from '@cloudscape-design/components/container';
import Alert from '@cloudscape-design/components/alert';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TenantFieldsFragment } from '../../../../generated/documents/admin/graphql.ts';
import { formatEnum } from '../../../ui/formats/number.ts';
import { formatDateTime } from '../../../ui/formats/time.ts';

/** How far a tenant's removal is. */
export function Offboarding({ offboarding }: Pick<TenantFieldsFragment, 'offboarding'>) {
  if (!offboarding) return null;
  const { step, requestedAt, purgeAt, exportKey, failure } = offboarding;
  return (
    <Container header={<Header variant="h2">Offboarding</Header>}>
      <SpaceBetween size="m">
        {failure && <Alert type="warning">{failure} It is tried again by itself.</Alert>}
        <KeyValuePairs
          columns={4}
          items={[
            { label: 'Step', value: formatEnum(step) },
            { label: 'Asked for', value: formatDateTime(requestedAt) },
            { label: 'Removal begins', value: formatDateTime(purgeAt) },
            { label: 'Export', value: exportKey ?? 'Not yet' },
          ]}
        />
      </SpaceBetween>
    </Container>
  );
}

/** The move between stacks that goes on, or the last one. */
export function Move({ move }: Pick<TenantFieldsFragment, 'move'>) {
  if (!move) return null;
  const { fromTier, toTier, status, step, message, failure, startedAt, cutOverAt } = move;
  return (
    <Container header={<Header variant="h2" description={message}>{`Move to ${formatEnum(toTier)}`}</Header>}>
      <SpaceBetween size="m">
        {failure && <Alert type="warning">{failure}</Alert>}
        <KeyValuePairs
          columns={4}
          items={[
            { label: 'Status', value: formatEnum(status) },
            { label: 'Step', value: formatEnum(step) },
            { label: 'From', value: formatEnum(fromTier) },
            { label: 'Started', value: formatDateTime(startedAt) },
            ...(cutOverAt ? [{ label: 'Works there since', value: formatDateTime(cutOverAt) }] : []),
          ]}
        />
      </SpaceBetween>
    </Container>
  );
}
