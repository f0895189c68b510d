import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react';
import type { TypedDocument } from '../graphql/document.ts';
import type { LiveStatus, Subscriber } from '../realtime/client.ts';
import { useApi } from './api.tsx';

/**
 * Subscribes while the component is there. `onReady` comes at the start and after each reconnect: read the present state then (invalidate
 * the query), since what happened meanwhile is not sent. Undefined variables: not yet.
 */
export function useSubscription<Result, Variables extends object>(
  document: TypedDocument<Result, Variables>,
  variables: Variables | undefined,
  subscriber: Subscriber<Result>,
): void {
  const { realtime } = useApi();
  const latest = useRef(subscriber);
  useEffect(() => {
    latest.current = subscriber;
  });
  const key = variables && JSON.stringify(variables);
  useEffect(() => {
    if (key === undefined) return undefined;
    return realtime.subscribe(document, JSON.parse(key) as Variables, {
      onData: (data) => latest.current.onData(data),
      onReady: () => latest.current.onReady?.(),
      onInterrupted: (error) => latest.current.onInterrupted?.(error),
      onError: (error) => latest.current.onError?.(error),
    });
  }, [realtime, document, key]);
}

/** Whether changes arrive by themselves now. */
export function useLiveStatus(): LiveStatus {
  const { realtime } = useApi();
  const listen = useCallback((listener: () => void) => realtime.onStatus(listener), [realtime]);
  return useSyncExternalStore(listen, () => realtime.status);
}
