import { useEffect, useRef, useState } from 'react';

/** How long after the last key the list is asked for, in milliseconds. */
const typingPause = 250;

/**
 * What is typed into a search whose words are in the address. It goes there a moment after the last key; where the address
 * changes otherwise, by a link or the back button, the field follows it.
 */
export function useSearchText(search: string, write: (words: string) => unknown) {
  const [typed, setTyped] = useState(search);
  const written = useRef(search);
  const latest = useRef(write);
  useEffect(() => {
    latest.current = write;
  });
  useEffect(() => {
    if (search !== written.current) setTyped(search);
    written.current = search;
  }, [search]);
  useEffect(() => {
    if (typed === written.current) return undefined;
    const timer = setTimeout(() => {
      written.current = typed;
      latest.current(typed);
    }, typingPause);
    return () => clearTimeout(timer);
  }, [typed]);
  return [typed, setTyped] as const;
}
