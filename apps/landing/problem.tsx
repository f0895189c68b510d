import { useMemo } from 'react';
import { formatDateTime, formatDuration } from '../ui/formats/time.ts';
import { useCountdown } from '../ui/react/countdown.ts';
import { explainToVisitor } from './explain-to-visitor.ts';

export interface ProblemProps {
  readonly error: unknown;
  /** Offered as “Try again”, once waiting is over. */
  readonly onRetry?: () => void;
}

/** An error with its cause, what to do, and what the support asks for; calmly, with the time that is left, where waiting mends it. */
export function Problem({ error, onRetry }: ProblemProps) {
  const explanation = useMemo(() => explainToVisitor(error), [error]);
  const { title, cause, nextStep, code, requestId, retryAt, tone } = explanation;
  const seconds = useCountdown(retryAt);
  const waits = seconds !== undefined && seconds > 0;
  return (
    <div className={tone === 'calm' ? 'notice' : 'notice bad'} role={tone === 'calm' ? 'status' : 'alert'}>
      <strong>{title}</strong>
      <span>{cause}</span>
      <span>{nextStep}</span>
      {waits && retryAt && (
        <span role="timer">
          {seconds < 3600 ? `Goes on in ${formatDuration(seconds * 1000)}.` : `Goes on at ${formatDateTime(retryAt)}.`}
        </span>
      )}
      <small className="hint">
        {code}
        {requestId !== undefined && ` · request ${requestId}`}
      </small>
      {onRetry && (
        <button className="button quiet" type="button" disabled={waits} onClick={onRetry}>
          Try again
        </button>
      )}
    </div>
  );
}
