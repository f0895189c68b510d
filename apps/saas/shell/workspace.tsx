import { createContext, type ReactNode, useContext } from 'react';
import { WorkspaceDocument, type WorkspaceQuery } from '../../../generated/documents/saas/graphql.ts';
import { useApiQuery } from '../../ui/react/queries.ts';
import type { Workspace } from '../../ui/session/workspace.ts';

interface Place {
  readonly workspace: Workspace;
  signOut(): void;
}

const PlaceContext = createContext<Place | undefined>(undefined);

export interface WorkspaceProviderProps {
  readonly workspace: Workspace;
  onSignOut(): void;
  readonly children: ReactNode;
}

export function WorkspaceProvider({ workspace, onSignOut, children }: WorkspaceProviderProps) {
  return <PlaceContext value={{ workspace, signOut: onSignOut }}>{children}</PlaceContext>;
}

/** Where this workspace is, and how to leave it. */
export function usePlace(): Place {
  const place = useContext(PlaceContext);
  if (!place) throw new Error('There is no WorkspaceProvider above this component');
  return place;
}

/** Who works here, and for which company. */
export function useWorkspace(): {
  readonly data: WorkspaceQuery | undefined;
  readonly error: unknown;
  refetch(): void;
} {
  const { data, error, refetch } = useApiQuery(WorkspaceDocument, {});
  return { data, error, refetch: () => void refetch() };
}

/** The currency that prices are in; until it is known nothing with a price is shown. */
export function useCurrency(): string {
  return useWorkspace().data?.tenant.currency ?? 'USD';
}
