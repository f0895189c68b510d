import type { QueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { SignedOutError } from '../graphql/errors.ts';

/** A request that is told that nobody is signed in ends the session, wherever it came from. */
export function useSessionEnd(queries: QueryClient, onExpired: () => void): void {
  useEffect(() => {
    const check = (error: unknown): void => {
      if (error instanceof SignedOutError) onExpired();
    };
    const stops = [
      queries.getQueryCache().subscribe((event) => {
        if (event.type === 'updated' && event.action.type === 'error') check(event.action.error);
      }),
      queries.getMutationCache().subscribe((event) => {
        if (event.type === 'updated' && event.action.type === 'error') check(event.action.error);
      }),
    ];
    return () => stops.forEach((stop) => stop());
  }, [queries, onExpired]);
}
