import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { SuspendTenantDocument, type TenantFieldsFragment } from '../../../../generated/documents/admin/graphql.ts';
import { useApi } from '../../../ui/react/api.tsx';
import { ChangeFailure } from '../../shell/change-failure.tsx';
import { Dialog } from '../../shell/dialog.tsx';
import { useChange } from '../../shell/use-change.ts';
import { touchedByTenant } from './touched.ts';

export interface TenantDialogProps {
  readonly tenant: TenantFieldsFragment;
  onClose(): void;
}

export function SuspendDialog({ tenant: { id: tenantId, name }, onClose }: TenantDialogProps) {
  const { graphql } = useApi();
  const { busy, change, failure } = useChange('dialog');
  const [reason, setReason] = useState('');
  const suspend = async (): Promise<void> => {
    const input = { tenantId, ...(reason.trim() && { reason: reason.trim() }) };
    const done = await change({
      run: async () => (await graphql.request(SuspendTenantDocument, { input })).suspendTenant.userErrors,
      done: `${name} is suspended.`,
      touches: touchedByTenant,
    });
    if (done) onClose();
  };
  return (
    <Dialog title={`Suspend ${name}?`} submit="Suspend" busy={busy} onSubmit={() => void suspend()} onClose={onClose}>
      <ChangeFailure failure={failure} />
      <Box>
        From the next request on every call of its people is refused, and open subscriptions end. Its data stays as it
        is; activating it brings everything back at once.
      </Box>
      <FormField label="Reason" description="Kept in the audit log.">
        <Input value={reason} autoFocus onChange={({ detail }) => setReason(detail.value)} />
      </FormField>
    </Dialog>
  );
}
