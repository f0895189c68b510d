import type { QueryClient } from '@tanstack/react-query';
import { SignedOutError } from '../graphql/errors.ts';
import { useErrors } from './query-errors.ts';

/** A request that is told that nobody is signed in ends the session, wherever it came from. */
export function useSessionEnd(queries: QueryClient, onExpired: () => void): void {
  useErrors(queries, (error) => {
    if (error instanceof SignedOutError) onExpired();
  });
}
