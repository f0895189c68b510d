import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import {
  ActivateTenantDocument,
  CancelOffboardingDocument,
  ProvisioningRunsDocument,
  RetryProvisioningDocument,
  type TenantFieldsFragment,
} from '../../../../generated/documents/admin/graphql.ts';
import { useApi } from '../../../ui/react/api.tsx';
import { ChangeButton } from '../../shell/change-button.tsx';
import { useChange } from '../../shell/use-change.ts';
import { LimitsDialog } from './limits-dialog.tsx';
import { MoveActions } from './move-actions.tsx';
import { OffboardDialog } from './offboard-dialog.tsx';
import { SuspendDialog } from './suspend-dialog.tsx';
import { TierDialog } from './tier-dialog.tsx';
import { touchedByTenant } from './touched.ts';

/** What can be done with the tenant as it is now. */
export function TenantActions({ tenant }: { readonly tenant: TenantFieldsFragment }) {
  const { id: tenantId, name, status } = tenant;
  const { graphql } = useApi();
  const { busy, change } = useChange();
  const [dialog, setDialog] = useState<'suspend' | 'limits' | 'tier' | 'offboard'>();
  const close = (): void => setDialog(undefined);
  const input = { tenantId };

  const activate = () =>
    change({
      run: async () => (await graphql.request(ActivateTenantDocument, { input })).activateTenant.userErrors,
      done: `${name} is active; its people can work at once.`,
      touches: touchedByTenant,
    });
  const retry = () =>
    change({
      run: async () => (await graphql.request(RetryProvisioningDocument, { input })).retryProvisioning.userErrors,
      done: `The onboarding of ${name} goes on where it failed.`,
      touches: [...touchedByTenant, ProvisioningRunsDocument],
    });
  const cancel = () =>
    change({
      run: async () => (await graphql.request(CancelOffboardingDocument, { input })).cancelOffboarding.userErrors,
      done: `${name} stays; it is what it was before.`,
      touches: touchedByTenant,
    });
  const isOpened = status === 'ACTIVE' || status === 'SUSPENDED';
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {(isOpened || status === 'FAILED') && <ChangeButton onClick={() => setDialog('offboard')}>Offboard</ChangeButton>}
      {isOpened && <ChangeButton onClick={() => setDialog('limits')}>Set limits</ChangeButton>}
      {isOpened && <ChangeButton onClick={() => setDialog('tier')}>Change tier</ChangeButton>}
      {status === 'ACTIVE' && <ChangeButton onClick={() => setDialog('suspend')}>Suspend</ChangeButton>}
      {status === 'SUSPENDED' && (
        <ChangeButton variant="primary" loading={busy} onClick={() => void activate()}>
          Activate
        </ChangeButton>
      )}
      {status === 'FAILED' && (
        <ChangeButton variant="primary" loading={busy} onClick={() => void retry()}>
          Retry
        </ChangeButton>
      )}
      {status === 'OFFBOARDING' && (
        <ChangeButton loading={busy} onClick={() => void cancel()}>
          Cancel offboarding
        </ChangeButton>
      )}
      <MoveActions tenant={tenant} />
      {dialog === 'tier' && <TierDialog tenant={tenant} onClose={close} />}
      {dialog === 'offboard' && <OffboardDialog tenant={tenant} onClose={close} />}
      {dialog === 'suspend' && <SuspendDialog tenant={tenant} onClose={close} />}
      {dialog === 'limits' && <LimitsDialog tenant={tenant} onClose={close} />}
    </SpaceBetween>
  );
}
