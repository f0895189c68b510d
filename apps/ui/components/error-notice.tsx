import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { useMemo } from 'react';
import { explain } from '../graphql/explain.ts';
import { useCountdown } from '../react/countdown.ts';
import { ErrorDetails } from './error-details.tsx';

export interface ErrorNoticeProps {
  readonly error: unknown;
  /** Offered as “Try again”, once waiting is over. */
  readonly onRetry?: () => void;
}

/** An error with its cause, what to do, and the request's id; a calm notice with a countdown where waiting mends it. Screen readers say it when it comes. */
export function ErrorNotice({ error, onRetry }: ErrorNoticeProps) {
  const explanation = useMemo(() => explain(error), [error]);
  const { title, retryAt, tone } = explanation;
  const seconds = useCountdown(retryAt);
  const waits = seconds !== undefined && seconds > 0;
  return (
    <div role={tone === 'calm' ? 'status' : 'alert'}>
      <Alert
        type={tone === 'calm' ? 'info' : 'error'}
        header={title}
        action={
          onRetry && (
            <Button disabled={waits} onClick={onRetry}>
              Try again
            </Button>
          )
        }
      >
        <ErrorDetails {...explanation} />
      </Alert>
    </div>
  );
}
