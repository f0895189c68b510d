import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import RadioGroup from '@cloudscape-design/components/radio-group';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import {
  RegisterTenantDocument,
  TenantsDocument,
  TiersDocument,
} from '../../../../generated/documents/admin/graphql.ts';
import { ErrorNotice } from '../../../ui/components/error-notice.tsx';
import { formatEnum } from '../../../ui/formats/number.ts';
import { problemsByField } from '../../../ui/graphql/problems.ts';
import { useNotices } from '../../../ui/react/notices.tsx';
import { queryKey, useApiMutation, useApiQuery } from '../../../ui/react/queries.ts';
import { Dialog } from '../../shell/dialog.tsx';
import { type Tier, tiers as tierNames } from './tenant-status.tsx';

type Texts = Readonly<Record<'companyName' | 'slug' | 'adminName' | 'adminEmail', string>>;

const fields: readonly [keyof Texts, string, string?][] = [
  ['companyName', 'Company'],
  ['slug', 'Workspace name', 'Lower-case letters, digits and hyphens. It cannot be changed later.'],
  ['adminName', 'Administrator'],
  ['adminEmail', 'E-mail address', 'An invitation with a temporary password goes there.'],
];

/** Signs a company up as it would itself: by the public field, which anyone may use. */
export function NewTenant({ onClose }: { onClose(): void }) {
  const [texts, setTexts] = useState<Texts>({ companyName: '', slug: '', adminName: '', adminEmail: '' });
  const [tier, setTier] = useState<Tier>('BASIC');
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const { data } = useApiQuery(TiersDocument, {});
  const { mutate, isPending, error } = useApiMutation(RegisterTenantDocument, { repeatable: true });
  // One token for this dialog: a second press or a lost answer makes no second tenant. Other input needs another token.
  const clientToken = useMemo(() => crypto.randomUUID(), [texts, tier]);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const { show } = useNotices();

  const create = (): void => {
    mutate(
      { input: { ...texts, slug: texts.slug.trim().toLowerCase(), tier, clientToken } },
      {
        onSuccess: ({ registerTenant: { registration, userErrors } }) => {
          setProblems(problemsByField(userErrors));
          if (!registration) return;
          void queries.invalidateQueries({ queryKey: queryKey(TenantsDocument) });
          show({ type: 'success', content: `${texts.companyName} is being made.` });
          void navigate({ to: '/tenants/$id', params: { id: registration.tenantId } });
        },
      },
    );
  };
  return (
    <Dialog title="Create a tenant" submit="Create tenant" busy={isPending} onSubmit={create} onClose={onClose}>
      {error && <ErrorNotice error={error} />}
      {problems[''] && <Alert type="error">{problems['']}</Alert>}
      {fields.map(([name, label, hint], index) => (
        <FormField key={name} label={label} constraintText={hint} errorText={problems[name]}>
          <Input
            autoFocus={index === 0}
            value={texts[name]}
            type={name === 'adminEmail' ? 'email' : 'text'}
            onChange={({ detail }) => setTexts({ ...texts, [name]: detail.value })}
          />
        </FormField>
      ))}
      <FormField label="Tier" errorText={problems['tier']}>
        <RadioGroup
          value={tier}
          items={(data?.tiers ?? []).map((each) => ({
            value: each.tier,
            label: formatEnum(each.tier),
            description: each.description,
          }))}
          onChange={({ detail }) => setTier(tierNames.find((each) => each === detail.value) ?? tier)}
        />
      </FormField>
    </Dialog>
  );
}
