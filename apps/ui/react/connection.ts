import type { FlashbarProps } from '@cloudscape-design/components/flashbar';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useApi } from './api.tsx';
import { useLiveStatus } from './live.ts';

/** What to say while the connection is lost; once it is back, what could not be read is read again. */
export function useConnectionNotice(): FlashbarProps.MessageDefinition | undefined {
  const { realtime } = useApi();
  const queries = useQueryClient();
  const status = useLiveStatus();
  useEffect(
    () =>
      realtime.onStatus((next) => {
        if (next !== 'live') return;
        void queries.refetchQueries({ type: 'active', predicate: ({ state }) => state.status === 'error' });
      }),
    [realtime, queries],
  );
  if (status === 'offline') {
    return {
      id: 'connection',
      type: 'warning',
      header: 'You are offline',
      content: 'What is shown may be old. Keep this page open: what you save now is sent once you are connected again.',
    };
  }
  if (status !== 'interrupted') return undefined;
  return {
    id: 'connection',
    type: 'warning',
    header: 'The connection is interrupted',
    content: 'What is shown may be old. It is tried again by itself.',
    buttonText: 'Try now',
    onButtonClick: () => realtime.retry(),
  };
}
