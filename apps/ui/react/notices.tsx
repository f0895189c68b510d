import type { FlashbarProps } from '@cloudscape-design/components/flashbar';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';
import { ErrorDetails } from '../components/error-details.tsx';
import { explain } from '../graphql/explain.ts';

export type Notice = Omit<FlashbarProps.MessageDefinition, 'id' | 'onDismiss' | 'dismissible'>;

interface Notices {
  readonly shown: readonly FlashbarProps.MessageDefinition[];
  /** Shows a notice till it is closed or its time is over, `Infinity` for none; answers how to take it away. */
  show(notice: Notice, milliseconds?: number): () => void;
  /**
   * Tells of what could not be done, as ErrorNotice does on a page: cause, next step, code and request, calmly with the time that is left
   * where waiting mends it. It stays till it is closed, or the same comes again; answers how to take it away. `what` says what it was, where
   * that is not plain: `Oak chair could not be deleted`.
   */
  showError(error: unknown, what?: string): () => void;
}

const NoticesContext = createContext<Notices | undefined>(undefined);
let count = 0;

/** What was done, and what can still be undone, above every page. */
export function NoticesProvider({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState<readonly FlashbarProps.MessageDefinition[]>([]);
  const put = useCallback((id: string, notice: Notice, milliseconds: number) => {
    const without = (all: readonly FlashbarProps.MessageDefinition[]) => all.filter((each) => each.id !== id);
    const hide = (): void => setShown(without);
    // Without a role a screen reader would not say it.
    const ariaRole = notice.type === 'error' ? 'alert' : 'status';
    const closing = { dismissible: true, dismissLabel: 'Close', onDismiss: hide };
    setShown((all) => [...without(all), { ariaRole, ...notice, ...closing, id }]);
    if (Number.isFinite(milliseconds)) setTimeout(hide, milliseconds);
    return hide;
  }, []);
  const tell = useMemo<Omit<Notices, 'shown'>>(
    () => ({
      show: (notice, milliseconds = 6000) => put(`notice-${(count += 1)}`, notice, milliseconds),
      showError: (error, what) => {
        const explanation = explain(error);
        const { title, tone, code } = explanation;
        const header = what === undefined ? title : `${what}. ${title}`;
        const content = <ErrorDetails {...explanation} />;
        return put(`error-${code}-${header}`, { type: tone === 'calm' ? 'info' : 'error', header, content }, Infinity);
      },
    }),
    [put],
  );
  const notices = useMemo(() => ({ shown, ...tell }), [shown, tell]);
  return <NoticesContext value={notices}>{children}</NoticesContext>;
}

export function useNotices(): Notices {
  const notices = useContext(NoticesContext);
  if (!notices) throw new Error('There is no NoticesProvider above this component');
  return notices;
}
