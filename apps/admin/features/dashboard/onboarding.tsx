import Box from '@cloudscape-design/components/box';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import type { TenantFieldsFragment } from '../../../../generated/documents/admin/graphql.ts';
import { formatNumber } from '../../../ui/formats/number.ts';
import { formatDuration } from '../../../ui/formats/time.ts';
import { onboardingTimes } from './figures.ts';

const places = { POOLED: 'In the pool', SILO: 'With a stack of its own' } as const;

/** How long a company waits from its sign-up till it can sign in. */
export function Onboarding({ tenants }: { readonly tenants: readonly TenantFieldsFragment[] }) {
  const times = onboardingTimes(tenants);
  if (times.length === 0) return <Box color="text-body-secondary">No sign-up has been timed yet.</Box>;
  return (
    <KeyValuePairs
      columns={2}
      items={times.flatMap(({ deployment, count, p50, p95 }) => [
        { label: `${places[deployment]}: half within`, value: formatDuration(p50) },
        {
          label: `${places[deployment]}: 95 of 100 within`,
          value: `${formatDuration(p95)} (of ${formatNumber(count)})`,
        },
      ])}
    />
  );
}
