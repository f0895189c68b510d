import { useState } from 'react';
import { RolloutsDocument } from '../../../../generated/documents/admin/graphql.ts';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { formatEnum } from '../../../ui/formats/number.ts';
import { formatDateTime } from '../../../ui/formats/time.ts';
import { usePages } from '../../../ui/react/pages.ts';
import { ChangeButton } from '../../shell/change-button.tsx';
import { GoTo } from '../../shell/go-to.tsx';
import { ListTable } from '../../shell/list-table.tsx';
import { RolloutStatusText } from './rollout-status.tsx';
import { StartRollout } from './start-rollout.tsx';

export function RolloutsPage() {
  const [starting, setStarting] = useState(false);
  const list = usePages(RolloutsDocument, {}, ({ rollouts }) => rollouts);
  const start = (
    <ChangeButton variant="primary" onClick={() => setStarting(true)}>
      Start rollout
    </ChangeButton>
  );
  return (
    <>
      <ListTable
        title="Rollouts"
        list={list}
        trackBy="id"
        actions={start}
        empty={
          <EmptyState title="No rollouts yet" action={start}>
            A rollout brings all tenant stacks to one release, in waves.
          </EmptyState>
        }
        columns={[
          {
            id: 'release',
            header: 'Release',
            isRowHeader: true,
            cell: ({ id, release }) => <GoTo href={`/rollouts/${id}`}>{release}</GoTo>,
          },
          { id: 'status', header: 'Status', cell: ({ status }) => <RolloutStatusText status={status} /> },
          {
            id: 'wave',
            header: 'Wave',
            cell: ({ waves }) => {
              const current = waves.find(({ status }) => status === 'RUNNING' || status === 'WAITING_FOR_APPROVAL');
              return current ? formatEnum(current.wave) : '';
            },
          },
          { id: 'by', header: 'Started by', cell: ({ startedBy }) => startedBy },
          { id: 'at', header: 'Started', cell: ({ createdAt }) => formatDateTime(createdAt) },
        ]}
      />
      {starting && <StartRollout onClose={() => setStarting(false)} />}
    </>
  );
}
