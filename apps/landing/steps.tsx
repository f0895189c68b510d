import { useEffect, useState } from 'react';
import type { OnboardingFragment } from '../../generated/documents/landing/graphql.ts';
import { formatEnum } from '../ui/formats/number.ts';
import { formatDuration } from '../ui/formats/time.ts';

type Step = OnboardingFragment['steps'][number];

const names: Readonly<Partial<Record<string, string>>> = {
  CLAIM_SLUG: 'Reserve the workspace name',
  PROVISION_STACK: 'Build a stack of your own',
  CREATE_GROUP: 'Make room for your people',
  CREATE_ADMIN: 'Invite you as administrator',
  OPEN_GATE: 'Open the gate',
  ACTIVATE: 'Switch it on',
};

const states: Readonly<Record<Step['status'], string>> = {
  PENDING: 'waiting',
  RUNNING: 'running',
  SUCCEEDED: 'done',
  FAILED: 'failed',
};

/** The steps of an onboarding, each with how long it took, or has taken so far. */
export function Steps({ steps }: { readonly steps: readonly Step[] }) {
  const now = useNow(steps.some(({ status }) => status === 'RUNNING'));
  return (
    <ol className="steps">
      {steps.map((step) => (
        <li key={step.name} className={states[step.status]}>
          <span className="dot" aria-hidden="true" />
          <span>{names[step.name] ?? formatEnum(step.name)}</span>
          <span className="state">
            <span className="unseen">{states[step.status]} </span>
            {durationOf(step, now)}
          </span>
        </li>
      ))}
    </ol>
  );
}

function durationOf({ startedAt, finishedAt }: Step, now: number): string {
  if (!startedAt) return '';
  const end = finishedAt ? Date.parse(finishedAt) : now;
  return formatDuration(end - Date.parse(startedAt));
}

function useNow(ticking: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!ticking) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 200);
    return () => clearInterval(timer);
  }, [ticking]);
  return now;
}
