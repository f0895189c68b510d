import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useState } from 'react';
import { type Outcome, type Probe, runProbe } from './probe.ts';

const shown: Readonly<Record<Outcome['verdict'], readonly [StatusIndicatorProps.Type, string]>> = {
  refused: ['success', 'Refused'],
  'let through': ['error', 'Let through'],
  'not tried': ['warning', 'Could not be tried'],
};

export interface ProbesTableProps {
  readonly title: string;
  readonly probes: readonly Probe[];
}

/** Runs the probes one after the other, each answer in its line. */
export function ProbesTable({ title, probes }: ProbesTableProps) {
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map());
  const [busy, setBusy] = useState(false);
  const run = async (): Promise<void> => {
    setBusy(true);
    const found = new Map<string, Outcome>();
    for (const probe of probes) {
      found.set(probe.id, await runProbe(probe));
      setOutcomes(new Map(found));
    }
    setBusy(false);
  };
  const refused = probes.filter(({ id }) => outcomes.get(id)?.verdict === 'refused').length;
  return (
    <Table
      items={[...probes]}
      trackBy="id"
      wrapLines
      ariaLabels={{ tableLabel: title }}
      header={
        <Header
          variant="h2"
          counter={outcomes.size > 0 ? `(${refused} of ${probes.length} refused)` : `(${probes.length})`}
          actions={
            <Button variant="primary" loading={busy} onClick={() => void run()}>
              Try them
            </Button>
          }
        >
          {title}
        </Header>
      }
      columnDefinitions={[
        {
          id: 'name',
          header: 'What is tried',
          isRowHeader: true,
          width: '32%',
          minWidth: 180,
          cell: ({ name }) => name,
        },
        { id: 'expected', header: 'Why it must fail', width: '22%', minWidth: 160, cell: ({ expected }) => expected },
        {
          id: 'verdict',
          header: 'Outcome',
          width: '14%',
          minWidth: 130,
          cell: ({ id }) => <Verdict outcome={outcomes.get(id)} />,
        },
        {
          id: 'answer',
          header: 'Answer',
          cell: ({ id }) => <Box variant="code">{outcomes.get(id)?.answer}</Box>,
        },
      ]}
    />
  );
}

function Verdict({ outcome }: { readonly outcome: Outcome | undefined }) {
  const [type, text] = outcome ? shown[outcome.verdict] : (['pending', 'Not yet'] as const);
  return <StatusIndicator type={type}>{text}</StatusIndicator>;
}
