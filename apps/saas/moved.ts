import type { QueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { AppConfig } from '../ui/config.ts';
import { AccessRefusedError, TenantMovedError } from '../ui/graphql/errors.ts';
import { useErrors } from '../ui/react/query-errors.ts';
import { routingOf, type Workspace } from '../ui/session/workspace.ts';

/** Where people are refused, finds out whether that is since their workspace has moved to another stack meanwhile. */
export function useMoved(config: AppConfig, workspace: Workspace, queries: QueryClient, onMoved: () => void): void {
  const asking = useRef(false);
  const check = async (): Promise<void> => {
    asking.current = true;
    try {
      const { userPoolId } = await routingOf(config, workspace.slug);
      if (userPoolId !== workspace.routing.userPoolId) onMoved();
    } finally {
      asking.current = false;
    }
  };
  useErrors(queries, (error) => {
    const isRefused = error instanceof TenantMovedError || error instanceof AccessRefusedError;
    // Where the routing cannot be asked, the refusal itself stays on the screen.
    if (isRefused && !asking.current) void check().catch(() => undefined);
  });
}
