import { useEffect, useRef } from 'react';

/** For what is in a modal: the element's first empty field, or else its first, has the focus once the modal has put it on its own button. */
export function useFirstFocus<Element extends HTMLElement>() {
  const element = useRef<Element>(null);
  useEffect(() => {
    const timer = setTimeout(() => {
      const fields = [...(element.current?.querySelectorAll<HTMLInputElement>('input:not([type="radio"])') ?? [])];
      (fields.find(({ value }) => value === '') ?? fields[0])?.focus();
    });
    return () => clearTimeout(timer);
  }, []);
  return element;
}
