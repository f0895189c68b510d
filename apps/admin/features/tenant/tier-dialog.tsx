import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import RadioGroup from '@cloudscape-design/components/radio-group';
import { useMemo, useState } from 'react';
import {
  SetTenantTierDocument,
  TiersDocument,
  type TiersQuery,
} from '../../../../generated/documents/admin/graphql.ts';
import { ErrorNotice } from '../../../ui/components/error-notice.tsx';
import { formatEnum, formatNumber } from '../../../ui/formats/number.ts';
import { problemsByField } from '../../../ui/graphql/problems.ts';
import { useNotices } from '../../../ui/react/notices.tsx';
import { useApiMutation, useApiQuery } from '../../../ui/react/queries.ts';
import { Dialog } from '../../shell/dialog.tsx';
import { limitLabels } from './limits.ts';
import type { TenantDialogProps } from './suspend-dialog.tsx';

/** Another tier, with what the change does. */
export function TierDialog({ tenant, onClose }: TenantDialogProps) {
  const { id: tenantId, name, tier } = tenant;
  const [chosen, setChosen] = useState(tier);
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const { data } = useApiQuery(TiersDocument, {});
  const { mutate, isPending, error } = useApiMutation(SetTenantTierDocument, { repeatable: true });
  // A second press, or one after a lost answer, changes nothing more.
  const clientToken = useMemo(() => crypto.randomUUID(), [chosen]);
  const { show } = useNotices();
  const next = data?.tiers.find((each) => each.tier === chosen);
  const set = (): void => {
    mutate(
      { input: { tenantId, tier: chosen, clientToken } },
      {
        onSuccess: ({ setTenantTier: { userErrors } }) => {
          setProblems(problemsByField(userErrors));
          if (userErrors.length > 0) return;
          show({ type: 'success', content: `${name} is on its way to the tier ${formatEnum(chosen)}.` });
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      title={`Tier of ${name}`}
      submit="Change tier"
      busy={isPending}
      disabled={chosen === tier}
      onSubmit={set}
      onClose={onClose}
    >
      {error && <ErrorNotice error={error} />}
      <FormField label="Tier" errorText={Object.values(problems)[0]}>
        <RadioGroup
          value={chosen}
          items={(data?.tiers ?? []).map((each) => ({
            value: each.tier,
            label: `${formatEnum(each.tier)}${each.tier === tier ? ' (now)' : ''}`,
            description: each.description,
          }))}
          onChange={({ detail }) => setChosen(data?.tiers.find((each) => each.tier === detail.value)?.tier ?? chosen)}
        />
      </FormField>
      {next && chosen !== tier && (
        <div aria-live="polite">
          <Box variant="awsui-key-label">What it will do</Box>
          {effectsOf(tenant, next).map((effect) => (
            <Box key={effect}>{effect}</Box>
          ))}
        </div>
      )}
    </Dialog>
  );
}

function effectsOf(
  { limits, hasOwnLimits, deployment }: TenantDialogProps['tenant'],
  next: TiersQuery['tiers'][number],
): string[] {
  if (next.deployment !== deployment) {
    const to = next.deployment === 'SILO' ? 'a stack of its own' : 'the pool';
    return [
      `Its users and data move to ${to} while its people work; writes are held for seconds.`,
      'It can be reverted, with all that is written meanwhile, until the move is confirmed.',
    ];
  }
  if (hasOwnLimits) return ['It keeps its own limits.', 'Its data stays where it is.'];
  const changes = limitLabels
    .filter(([field]) => limits[field] !== next.limits[field])
    .map(([field, label]) => `${label}: ${formatNumber(limits[field])} → ${formatNumber(next.limits[field])}`);
  return [...changes, 'It holds from the next request on; its data stays where it is.'];
}
