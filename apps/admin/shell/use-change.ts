import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { UserError } from '../../ui/graphql/problems.ts';
import { useNotices } from '../../ui/react/notices.tsx';
import { queryKey } from '../../ui/react/queries.ts';

export interface Change {
  /** Does it; answers what a person can mend. */
  run(): Promise<readonly UserError[]>;
  /** What to tell once it is done. */
  readonly done: string;
  /** The queries that show what it changed. */
  readonly touches: readonly { toString(): string }[];
}

/** Makes changes that are one press of a button: what came of each is told above the page. */
export function useChange(): { readonly busy: boolean; change(change: Change): Promise<boolean> } {
  const queries = useQueryClient();
  const { show, showError } = useNotices();
  const [busy, setBusy] = useState(false);
  const change = async ({ run, done, touches }: Change): Promise<boolean> => {
    setBusy(true);
    try {
      const [problem] = await run();
      if (problem) show({ type: 'error', content: `${problem.message} (${problem.code})` }, Infinity);
      else show({ type: 'success', content: done });
      for (const document of touches) void queries.invalidateQueries({ queryKey: queryKey(document) });
      return problem === undefined;
    } catch (error) {
      showError(error);
      return false;
    } finally {
      setBusy(false);
    }
  };
  return { busy, change };
}
