import Box from '@cloudscape-design/components/box';
import { formatDateTime, formatDuration } from '../formats/time.ts';
import type { Explanation } from '../graphql/explain.ts';
import { useCountdown } from '../react/countdown.ts';

/** Of an error: its cause, what to do, how long that takes, and what the support asks for. Its title is the caller's to show. */
export function ErrorDetails({ cause, nextStep, code, requestId, retryAt }: Explanation) {
  const seconds = useCountdown(retryAt);
  return (
    <>
      <div>{cause}</div>
      <div>{nextStep}</div>
      {retryAt && seconds !== undefined && seconds > 0 && (
        <div role="timer">
          {seconds < 3600 ? `Goes on in ${formatDuration(seconds * 1000)}.` : `Goes on at ${formatDateTime(retryAt)}.`}
        </div>
      )}
      <Box variant="small" color="text-body-secondary">
        {code}
        {requestId && ` · request ${requestId}`}
      </Box>
    </>
  );
}
