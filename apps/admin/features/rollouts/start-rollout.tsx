import Alert from '@cloudscape-design/components/alert';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Multiselect from '@cloudscape-design/components/multiselect';
import Select from '@cloudscape-design/components/select';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import {
  ReleasesDocument,
  RolloutsDocument,
  StartRolloutDocument,
} from '../../../../generated/documents/admin/graphql.ts';
import { ErrorNotice } from '../../../ui/components/error-notice.tsx';
import { formatEnum } from '../../../ui/formats/number.ts';
import { formatDateTime } from '../../../ui/formats/time.ts';
import { problemsByField } from '../../../ui/graphql/problems.ts';
import { usePages } from '../../../ui/react/pages.ts';
import { queryKey, useApiMutation } from '../../../ui/react/queries.ts';
import { Dialog } from '../../shell/dialog.tsx';
import { waves } from './rollout-status.tsx';

const waveOptions = waves.map((value) => ({ value, label: formatEnum(value) }));

/** A release and how careful to be with it. */
export function StartRollout({ onClose }: { onClose(): void }) {
  const releases = usePages(ReleasesDocument, {}, (page) => page.releases);
  const [release, setRelease] = useState<string>();
  const [approved, setApproved] = useState<readonly string[]>([]);
  const [maxParallel, setMaxParallel] = useState('4');
  const [tolerateFailures, setTolerateFailures] = useState('0');
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({});
  const { mutate, isPending, error } = useApiMutation(StartRolloutDocument, { repeatable: true });
  // One token for these choices: a second press starts no second rollout.
  const clientToken = useMemo(() => crypto.randomUUID(), [release, approved, maxParallel, tolerateFailures]);
  const queries = useQueryClient();
  const navigate = useNavigate();
  const options = releases.items.map(({ id, version, createdAt }) => ({
    value: id,
    label: id,
    description: `${version}, of ${formatDateTime(createdAt)}`,
  }));
  const chosen = release ?? options[0]?.value;

  const start = (): void => {
    if (chosen === undefined) return setProblems({ release: 'Choose a release.' });
    const input = {
      release: chosen,
      clientToken,
      approveWaves: waves.filter((wave) => approved.includes(wave)),
      maxParallel: Number(maxParallel),
      tolerateFailures: Number(tolerateFailures),
    };
    mutate(
      { input },
      {
        onSuccess: ({ startRollout: { rollout, userErrors } }) => {
          setProblems(problemsByField(userErrors));
          if (!rollout) return;
          void queries.invalidateQueries({ queryKey: queryKey(RolloutsDocument) });
          void navigate({ to: '/rollouts/$id', params: { id: rollout.id } });
        },
      },
    );
  };
  const failed = error ?? releases.error;
  return (
    <Dialog title="Start a rollout" submit="Start rollout" busy={isPending} onSubmit={start} onClose={onClose}>
      {failed && <ErrorNotice error={failed} />}
      {problems[''] && <Alert type="error">{problems['']}</Alert>}
      <FormField label="Release" errorText={problems['release']}>
        <Select
          placeholder="Choose a release"
          statusType={releases.loading ? 'loading' : 'finished'}
          empty="No release is registered"
          options={options}
          selectedOption={options.find(({ value }) => value === chosen) ?? null}
          onChange={({ detail }) => setRelease(detail.selectedOption.value)}
        />
      </FormField>
      <FormField
        label="Waves that wait for a person"
        description="They go in this order: canary, pooled, early, rest."
        errorText={problems['approveWaves']}
      >
        <Multiselect
          placeholder="None: each begins when the one before has succeeded"
          options={waveOptions}
          selectedOptions={waveOptions.filter(({ value }) => approved.includes(value))}
          deselectAriaLabel={({ label }) => `Let ${label ?? ''} begin by itself`}
          onChange={({ detail }) => setApproved(detail.selectedOptions.map(({ value = '' }) => value))}
        />
      </FormField>
      <FormField label="Stacks at the same time" constraintText="1 to 20" errorText={problems['maxParallel']}>
        <Input inputMode="numeric" value={maxParallel} onChange={({ detail }) => setMaxParallel(detail.value)} />
      </FormField>
      <FormField
        label="Stacks that may fail"
        description="One more halts the rollout, and its wave goes back to the release before. The pool may never fail."
        errorText={problems['tolerateFailures']}
      >
        <Input
          inputMode="numeric"
          value={tolerateFailures}
          onChange={({ detail }) => setTolerateFailures(detail.value)}
        />
      </FormField>
    </Dialog>
  );
}
