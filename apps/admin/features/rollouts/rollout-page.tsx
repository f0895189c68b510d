import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { RolloutDocument, type RolloutFieldsFragment } from '../../../../generated/documents/admin/graphql.ts';
import { PageError } from '../../../ui/components/page-error.tsx';
import { PageLoading } from '../../../ui/components/page-loading.tsx';
import { NotFound } from '../../../ui/components/not-found.tsx';
import { formatDateTime } from '../../../ui/formats/time.ts';
import { useApiQuery } from '../../../ui/react/queries.ts';
import { ChangeButton } from '../../shell/change-button.tsx';
import { AbortRollout } from './abort-rollout.tsx';
import { RolloutStatusText } from './rollout-status.tsx';
import { WaveView } from './wave-view.tsx';

/** A rollout as it goes, wave by wave. */
export function RolloutPage() {
  const { id } = useParams({ from: '/rollouts/$id' });
  const { data, error, refetch } = useApiQuery(RolloutDocument, { id });
  if (error) return <PageError title="Rollout" error={error} onRetry={() => void refetch()} />;
  if (!data) return <PageLoading title="Rollout" what="the rollout" />;
  return data.rollout ? <Details rollout={data.rollout} /> : <NotFound />;
}

function Details({ rollout }: { readonly rollout: RolloutFieldsFragment }) {
  const { release, status, waves, failure, startedBy, createdAt, finishedAt } = rollout;
  const [aborting, setAborting] = useState(false);
  const goesOn = status === 'RUNNING' || status === 'WAITING_FOR_APPROVAL';
  return (
    <ContentLayout
      header={
        <Header variant="h1" actions={goesOn && <ChangeButton onClick={() => setAborting(true)}>Abort</ChangeButton>}>
          Rollout of {release}
        </Header>
      }
    >
      <SpaceBetween size="l">
        {failure && (
          <Alert type="error" header={goesOn ? 'It is about to be halted' : 'Why it ended'}>
            {failure}
          </Alert>
        )}
        <Container>
          <KeyValuePairs
            columns={4}
            items={[
              { label: 'Status', value: <RolloutStatusText status={status} /> },
              { label: 'Started by', value: startedBy },
              { label: 'Started', value: formatDateTime(createdAt) },
              { label: 'Ended', value: finishedAt ? formatDateTime(finishedAt) : <Box>Not yet</Box> },
            ]}
          />
        </Container>
        {waves.map((wave) => (
          <WaveView key={wave.wave} rollout={rollout} wave={wave} />
        ))}
      </SpaceBetween>
      {aborting && <AbortRollout rollout={rollout} onClose={() => setAborting(false)} />}
    </ContentLayout>
  );
}
