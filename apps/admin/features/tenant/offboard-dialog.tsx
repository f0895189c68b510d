import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { OffboardTenantDocument } from '../../../../generated/documents/admin/graphql.ts';
import { ErrorNotice } from '../../../ui/components/error-notice.tsx';
import { problemsByField } from '../../../ui/graphql/problems.ts';
import { useNotices } from '../../../ui/react/notices.tsx';
import { useApiMutation } from '../../../ui/react/queries.ts';
import { Dialog } from '../../shell/dialog.tsx';
import type { TenantDialogProps } from './suspend-dialog.tsx';

/** The end of a tenant: its workspace's name is typed by whoever means it. */
export function OffboardDialog({ tenant: { id: tenantId, name, slug }, onClose }: TenantDialogProps) {
  const [confirmSlug, setConfirmSlug] = useState('');
  const [days, setDays] = useState('30');
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const { mutate, isPending, error } = useApiMutation(OffboardTenantDocument);
  const { show } = useNotices();
  const offboard = (): void => {
    if (!/^\d{1,3}$/.test(days) || Number(days) > 365)
      return setProblems({ retentionDays: 'Enter a number of days from 0 to 365.' });
    mutate(
      { input: { tenantId, confirmSlug, retentionDays: Number(days) } },
      {
        onSuccess: ({ offboardTenant: { userErrors } }) => {
          setProblems(problemsByField(userErrors));
          if (userErrors.length > 0) return;
          show({ type: 'success', content: `${name} is suspended and being offboarded.` });
          onClose();
        },
      },
    );
  };
  return (
    <Dialog
      title={`Offboard ${name}?`}
      submit="Offboard"
      busy={isPending}
      disabled={confirmSlug !== slug}
      onSubmit={offboard}
      onClose={onClose}
    >
      {error && <ErrorNotice error={error} />}
      {problems[''] && <Alert type="error">{problems['']}</Alert>}
      <Alert type="warning">
        It is suspended at once and its data is exported. When the days below are over its data, its users and its name
        are removed; until then it can be brought back.
      </Alert>
      <FormField label="Days until the removal" constraintText="0 to 365" errorText={problems['retentionDays']}>
        <Input inputMode="numeric" value={days} onChange={({ detail }) => setDays(detail.value.trim())} />
      </FormField>
      <FormField label={`Type ${slug} to confirm`} errorText={problems['confirmSlug']}>
        <Input
          value={confirmSlug}
          autoComplete="off"
          autoFocus
          onChange={({ detail }) => setConfirmSlug(detail.value)}
        />
      </FormField>
    </Dialog>
  );
}
