import SpaceBetween from '@cloudscape-design/components/space-between';
import {
  ConfirmMoveDocument,
  RevertMoveDocument,
  type TenantFieldsFragment,
} from '../../../../generated/documents/admin/graphql.ts';
import { useApi } from '../../../ui/react/api.tsx';
import { ChangeButton } from '../../shell/change-button.tsx';
import { useChange } from '../../shell/use-change.ts';
import { touchedByTenant } from './touched.ts';

/** What can be done with a move between stacks that is not over: kept once it is done, undone until then. */
export function MoveActions({ tenant }: { readonly tenant: TenantFieldsFragment }) {
  const { id: tenantId, name, move } = tenant;
  const { graphql } = useApi();
  const { busy, change } = useChange();
  if (move?.status !== 'RUNNING' && move?.status !== 'WAITING_FOR_CONFIRMATION') return null;
  const input = { tenantId };
  const confirm = () =>
    change({
      run: async () => (await graphql.request(ConfirmMoveDocument, { input })).confirmMove.userErrors,
      done: `${name} stays where it is now; what it left behind is removed.`,
      touches: touchedByTenant,
    });
  const revert = () =>
    change({
      run: async () => (await graphql.request(RevertMoveDocument, { input })).revertMove.userErrors,
      done: `${name} goes back to where it was, with all that was written since.`,
      touches: touchedByTenant,
    });
  return (
    <SpaceBetween direction="horizontal" size="xs">
      {move.status === 'WAITING_FOR_CONFIRMATION' && (
        <ChangeButton variant="primary" loading={busy} onClick={() => void confirm()}>
          Confirm move
        </ChangeButton>
      )}
      <ChangeButton loading={busy} onClick={() => void revert()}>
        Revert move
      </ChangeButton>
    </SpaceBetween>
  );
}
