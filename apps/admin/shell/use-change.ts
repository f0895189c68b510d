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

/** Why a change was not made: what a person can mend, or an error. */
export type ChangeFailure = { readonly problem: UserError } | { readonly error: unknown };

export interface UseChange {
  readonly busy: boolean;
  /** Answers whether it was made. What came of it is told above the page; why it was not made, in a dialog, by `failure`. */
  change(change: Change): Promise<boolean>;
  /** Of the last change, in a dialog. */
  readonly failure: ChangeFailure | undefined;
}

/** Makes changes that are one press of a button. A dialog, which covers the notices, shows ChangeFailure itself. */
export function useChange(place: 'page' | 'dialog' = 'page'): UseChange {
  const queries = useQueryClient();
  const { show, showError } = useNotices();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ChangeFailure>();
  const fail = (why: ChangeFailure): false => {
    if (place === 'dialog') setFailure(why);
    else if ('error' in why) showError(why.error);
    else show({ type: 'error', content: textOf(why.problem) }, Infinity);
    return false;
  };
  const change = async ({ run, done, touches }: Change): Promise<boolean> => {
    setBusy(true);
    setFailure(undefined);
    try {
      const [problem] = await run();
      for (const document of touches) void queries.invalidateQueries({ queryKey: queryKey(document) });
      if (problem) return fail({ problem });
      show({ type: 'success', content: done });
      return true;
    } catch (error) {
      return fail({ error });
    } finally {
      setBusy(false);
    }
  };
  return { busy, change, failure };
}

/** `The tenant is not active. (INVALID_STATE)` */
export const textOf = ({ message, code }: UserError): string => `${message} (${code})`;
