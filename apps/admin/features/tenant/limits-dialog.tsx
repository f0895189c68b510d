import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import { useState } from 'react';
import {
  type LimitsFieldsFragment,
  SetTenantLimitsDocument,
  TiersDocument,
} from '../../../../generated/documents/admin/graphql.ts';
import { ErrorNotice } from '../../../ui/components/error-notice.tsx';
import { formatEnum, formatNumber } from '../../../ui/formats/number.ts';
import { problemsByField } from '../../../ui/graphql/problems.ts';
import { useNotices } from '../../../ui/react/notices.tsx';
import { useApiMutation, useApiQuery } from '../../../ui/react/queries.ts';
import { Dialog } from '../../shell/dialog.tsx';
import { limitLabels } from './limits.ts';
import type { TenantDialogProps } from './suspend-dialog.tsx';

/** Limits of its own for a tenant, or back to its tier's. They hold from the next request on. */
export function LimitsDialog({ tenant, onClose }: TenantDialogProps) {
  const { id: tenantId, name, tier, limits } = tenant;
  const [own, setOwn] = useState(tenant.hasOwnLimits);
  const [texts, setTexts] = useState(() => textsOf(limits));
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const { data } = useApiQuery(TiersDocument, {});
  const { mutate, isPending, error } = useApiMutation(SetTenantLimitsDocument);
  const { show } = useNotices();
  const ofTier = data?.tiers.find((each) => each.tier === tier)?.limits;

  const set = (): void => {
    const wrong = own ? problemsOf(texts) : {};
    setProblems(wrong);
    if (Object.keys(wrong).length > 0) return;
    mutate(
      { input: { tenantId, limits: own ? numbersOf(texts) : null } },
      {
        onSuccess: ({ setTenantLimits: { userErrors } }) => {
          setProblems(problemsByField(userErrors));
          if (userErrors.length > 0) return;
          show({ type: 'success', content: `The limits of ${name} are set.` });
          onClose();
        },
      },
    );
  };
  const general = problems['limits'] ?? problems[''];
  return (
    <Dialog title={`Limits of ${name}`} submit="Set limits" busy={isPending} onSubmit={set} onClose={onClose}>
      {error && <ErrorNotice error={error} />}
      <FormField label="Which limits" errorText={general}>
        <RadioGroup
          value={own ? 'own' : 'tier'}
          items={[
            { value: 'tier', label: `Those of the tier ${formatEnum(tier)}`, description: ofTier && textOf(ofTier) },
            { value: 'own', label: 'Its own' },
          ]}
          onChange={({ detail }) => setOwn(detail.value === 'own')}
        />
      </FormField>
      {own &&
        limitLabels.map(([field, label]) => (
          <FormField key={field} label={label} errorText={problems[field] ?? problems[`limits.${field}`]}>
            <Input
              inputMode="numeric"
              value={texts[field]}
              onChange={({ detail }) => setTexts({ ...texts, [field]: detail.value.trim() })}
            />
          </FormField>
        ))}
      <Box color="text-body-secondary">They hold from the next request on.</Box>
    </Dialog>
  );
}

type Texts = Readonly<Record<keyof LimitsFieldsFragment, string>>;

const mapped = <From, To>(
  from: Readonly<Record<keyof LimitsFieldsFragment, From>>,
  map: (value: From) => To,
): Record<keyof LimitsFieldsFragment, To> => ({
  requestsPerSecond: map(from.requestsPerSecond),
  burst: map(from.burst),
  requestsPerDay: map(from.requestsPerDay),
  requestsPerMonth: map(from.requestsPerMonth),
});

const textsOf = (limits: LimitsFieldsFragment): Texts => mapped(limits, String);
const numbersOf = (texts: Texts): LimitsFieldsFragment => mapped(texts, Number);

function problemsOf(texts: Texts): Record<string, string> {
  const wrong = limitLabels.filter(([field]) => !/^[1-9]\d{0,8}$/.test(texts[field]));
  return Object.fromEntries(wrong.map(([field]) => [field, 'Enter a whole number above zero.']));
}

function textOf(limits: LimitsFieldsFragment): string {
  return limitLabels.map(([field, label]) => `${label} ${formatNumber(limits[field])}`).join(' · ');
}
