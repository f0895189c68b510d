import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { useMemo } from 'react';
import { formatDateTime, formatDuration } from '../formats/time.ts';
import { explain } from '../graphql/explain.ts';
import { useCountdown } from '../react/countdown.ts';

export interface ErrorNoticeProps {
  readonly error: unknown;
  /** Offered as “Try again”, once waiting is over. */
  readonly onRetry?: () => void;
}

/** An error with its cause, what to do, and the request's id; a calm notice with a countdown where waiting mends it. Screen readers say it when it comes. */
export function ErrorNotice({ error, onRetry }: ErrorNoticeProps) {
  const { title, cause, nextStep, code, requestId, retryAt, tone } = useMemo(() => explain(error), [error]);
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
        <div>{cause}</div>
        <div>{nextStep}</div>
        {waits && retryAt && (
          <div role="timer">
            {seconds < 3600
              ? `Goes on in ${formatDuration(seconds * 1000)}.`
              : `Goes on at ${formatDateTime(retryAt)}.`}
          </div>
        )}
        <Box variant="small" color="text-body-secondary">
          {code}
          {requestId && ` · request ${requestId}`}
        </Box>
      </Alert>
    </div>
  );
}
