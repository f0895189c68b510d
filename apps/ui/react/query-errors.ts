import type { QueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';

/** Tells of each error that a query or a mutation ends with, while the component is there. */
export function useErrors(queries: QueryClient, listener: (error: unknown) => void): void {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => {
    const stops = [
      queries.getQueryCache().subscribe((event) => {
        if (event.type === 'updated' && event.action.type === 'error') latest.current(event.action.error);
      }),
      queries.getMutationCache().subscribe((event) => {
        if (event.type === 'updated' && event.action.type === 'error') latest.current(event.action.error);
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }, [queries]);
}
