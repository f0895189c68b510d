import { useEffect, useRef } from 'react';

/** For what is in a modal: the first field of the element has the focus once the modal has put it on its own button. */
export function useFirstFocus<Element extends HTMLElement>() {
  const element = useRef<Element>(null);
  useEffect(() => {
    const timer = setTimeout(() => element.current?.querySelector<HTMLElement>('input:not([type="radio"])')?.focus());
    return () => clearTimeout(timer);
  }, []);
  return element;
}
