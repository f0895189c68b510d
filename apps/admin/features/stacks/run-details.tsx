import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import type { RunFieldsFragment } from '../../../../generated/documents/admin/graphql.ts';
import { formatEnum } from '../../../ui/formats/number.ts';
import { formatDateTime, formatDuration } from '../../../ui/formats/time.ts';
import { GoTo } from '../../shell/go-to.tsx';
import './log-tail.css';
import { WorkStatusText } from './stack-status.tsx';

interface Times {
  readonly startedAt?: string | null;
  readonly finishedAt?: string | null;
}

function durationOf({ startedAt, finishedAt }: Times): string {
  return startedAt && finishedAt ? formatDuration(Date.parse(finishedAt) - Date.parse(startedAt)) : '';
}

export interface RunDetailsProps {
  readonly run: RunFieldsFragment;
  /** The newest is open to begin with. */
  readonly isNewest: boolean;
}

/** A run with its steps, how long each took, and the end of its log. */
export function RunDetails({ run, isNewest }: RunDetailsProps) {
  const { action, release, status, attempt, steps, failure, logTail, createdAt, executionId, rolloutId } = run;
  const took = durationOf(run);
  return (
    <ExpandableSection
      variant="container"
      headingTagOverride="h2"
      defaultExpanded={isNewest}
      headerText={`${formatEnum(action)} to ${release}`}
      headerDescription={`${formatDateTime(createdAt)}${took && ` · ${took}`}${
        attempt > 1 ? ` · attempt ${attempt}` : ''
      }`}
      headerActions={<WorkStatusText status={status} />}
    >
      <SpaceBetween size="m">
        {failure && (
          <Alert type="error" header={run.failedStep ? `It failed at ${run.failedStep}` : 'It failed'}>
            {failure}
          </Alert>
        )}
        <Table
          variant="embedded"
          items={[...steps]}
          trackBy="name"
          wrapLines
          ariaLabels={{ tableLabel: 'Steps' }}
          empty={<Box color="text-body-secondary">It has not begun.</Box>}
          columnDefinitions={[
            { id: 'name', header: 'Step', minWidth: 160, isRowHeader: true, cell: ({ name }) => name },
            { id: 'status', header: 'Status', minWidth: 130, cell: (step) => <WorkStatusText status={step.status} /> },
            { id: 'took', header: 'Took', minWidth: 90, cell: durationOf },
            { id: 'message', header: 'What it said', minWidth: 240, cell: ({ message }) => message },
          ]}
        />
        {logTail.length > 0 && (
          <div>
            <Box variant="awsui-key-label">End of the log</Box>
            <pre className="log-tail" tabIndex={0} aria-label="End of the log">
              {logTail.join('\n')}
            </pre>
          </div>
        )}
        <KeyValuePairs
          columns={3}
          items={[
            { label: 'Run', value: run.id },
            { label: 'Execution of the pipeline', value: executionId ?? 'None yet' },
            {
              label: 'Rollout',
              value: rolloutId ? <GoTo href={`/rollouts/${rolloutId}`}>{rolloutId}</GoTo> : 'None',
            },
          ]}
        />
      </SpaceBetween>
    </ExpandableSection>
  );
}
