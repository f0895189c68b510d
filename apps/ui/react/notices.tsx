import type { FlashbarProps } from '@cloudscape-design/components/flashbar';
import { createContext, type ReactNode, useCallback, useContext, useMemo, useState } from 'react';

export type Notice = Omit<FlashbarProps.MessageDefinition, 'id' | 'onDismiss' | 'dismissible'>;

interface Notices {
  readonly shown: readonly FlashbarProps.MessageDefinition[];
  /** Shows a notice till it is closed or its time is over; answers how to take it away. */
  show(notice: Notice, milliseconds?: number): () => void;
}

const NoticesContext = createContext<Notices | undefined>(undefined);
let count = 0;

/** What was done, and what can still be undone, above every page. */
export function NoticesProvider({ children }: { readonly children: ReactNode }) {
  const [shown, setShown] = useState<readonly FlashbarProps.MessageDefinition[]>([]);
  const show = useCallback<Notices['show']>((notice, milliseconds = 6000) => {
    count += 1;
    const id = String(count);
    const hide = (): void => setShown((rest) => rest.filter((each) => each.id !== id));
    // Without a role a screen reader would not say it.
    const ariaRole = notice.type === 'error' ? 'alert' : 'status';
    const closing = { dismissible: true, dismissLabel: 'Close', onDismiss: hide };
    setShown((rest) => [...rest, { ariaRole, ...notice, ...closing, id }]);
    setTimeout(hide, milliseconds);
    return hide;
  }, []);
  const notices = useMemo(() => ({ shown, show }), [shown, show]);
  return <NoticesContext value={notices}>{children}</NoticesContext>;
}

export function useNotices(): Notices {
  const notices = useContext(NoticesContext);
  if (!notices) throw new Error('There is no NoticesProvider above this component');
  return notices;
}
