import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { ApproveWaveDocument, type RolloutFieldsFragment } from '../../../../generated/documents/admin/graphql.ts';
import { formatEnum } from '../../../ui/formats/number.ts';
import { formatDuration } from '../../../ui/formats/time.ts';
import { useApi } from '../../../ui/react/api.tsx';
import { ChangeButton } from '../../shell/change-button.tsx';
import { GoTo } from '../../shell/go-to.tsx';
import { useChange } from '../../shell/use-change.ts';
import { RolloutStatusText, type Wave } from './rollout-status.tsx';
import { touchedByRollout } from './touched.ts';

export interface WaveViewProps {
  readonly rollout: RolloutFieldsFragment;
  readonly wave: Wave;
}

/** One wave with its stacks; approving it is offered where it waits for that. */
export function WaveView({ rollout: { id: rolloutId }, wave: shown }: WaveViewProps) {
  const { wave, status, stacks } = shown;
  const { graphql } = useApi();
  const { busy, change } = useChange();
  const name = formatEnum(wave);
  const approve = () =>
    change({
      run: async () =>
        (await graphql.request(ApproveWaveDocument, { input: { rolloutId, wave } })).approveWave.userErrors,
      done: `The wave ${name} begins.`,
      touches: touchedByRollout,
    });
  return (
    <Table
      items={[...stacks]}
      trackBy="tenantId"
      wrapLines
      ariaLabels={{ tableLabel: name }}
      header={
        <Header
          variant="h2"
          counter={`(${stacks.length})`}
          description={describe(shown)}
          actions={
            <SpaceBetween direction="horizontal" size="s" alignItems="center">
              <RolloutStatusText status={status} />
              {status === 'WAITING_FOR_APPROVAL' && (
                <ChangeButton variant="primary" loading={busy} onClick={() => void approve()}>
                  Approve
                </ChangeButton>
              )}
            </SpaceBetween>
          }
        >
          {name}
        </Header>
      }
      empty={<Box color="text-body-secondary">No stack is in this wave.</Box>}
      columnDefinitions={[
        {
          id: 'stack',
          header: 'Stack',
          isRowHeader: true,
          cell: ({ tenantId }) => (
            <GoTo href={`/stacks/${tenantId}`}>{tenantId === 'pooled' ? 'The pool' : tenantId}</GoTo>
          ),
        },
        { id: 'status', header: 'Status', minWidth: 130, cell: (stack) => <RolloutStatusText status={stack.status} /> },
        { id: 'from', header: 'From', minWidth: 130, cell: ({ fromRelease }) => fromRelease },
        { id: 'failure', header: 'What failed', minWidth: 200, cell: ({ failure }) => failure },
      ]}
    />
  );
}

function describe({ needsApproval, approvedBy, startedAt, finishedAt }: Wave): string {
  const approval = approvedBy ? `Approved by ${approvedBy}` : needsApproval ? 'Waits for a person' : '';
  const took = startedAt && finishedAt ? `took ${formatDuration(Date.parse(finishedAt) - Date.parse(startedAt))}` : '';
  return [approval, took].filter((text) => text !== '').join(' · ');
}
