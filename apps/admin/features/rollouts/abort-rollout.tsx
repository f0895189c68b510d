import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { AbortRolloutDocument, type RolloutFieldsFragment } from '../../../../generated/documents/admin/graphql.ts';
import { useApi } from '../../../ui/react/api.tsx';
import { ChangeFailure } from '../../shell/change-failure.tsx';
import { Dialog } from '../../shell/dialog.tsx';
import { useChange } from '../../shell/use-change.ts';
import { touchedByRollout } from './touched.ts';

export interface AbortRolloutProps {
  readonly rollout: RolloutFieldsFragment;
  onClose(): void;
}

export function AbortRollout({ rollout: { id, release }, onClose }: AbortRolloutProps) {
  const { graphql } = useApi();
  const { busy, change, failure } = useChange('dialog');
  const [reason, setReason] = useState('');
  const abort = async (): Promise<void> => {
    const input = { rolloutId: id, ...(reason.trim() && { reason: reason.trim() }) };
    const done = await change({
      run: async () => (await graphql.request(AbortRolloutDocument, { input })).abortRollout.userErrors,
      done: `The rollout of ${release} ends.`,
      touches: touchedByRollout,
    });
    if (done) onClose();
  };
  return (
    <Dialog title="Abort the rollout?" submit="Abort" busy={busy} onSubmit={() => void abort()} onClose={onClose}>
      <ChangeFailure failure={failure} />
      <Box>
        What the current wave has updated goes back to the release before. Waves that have succeeded keep {release};
        later ones do not begin.
      </Box>
      <FormField label="Reason" description="Kept with the rollout and in the audit log.">
        <Input value={reason} autoFocus onChange={({ detail }) => setReason(detail.value)} />
      </FormField>
    </Dialog>
  );
}
