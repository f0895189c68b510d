import { useEffect } from 'react';

/** Names the page in the browser's tab, its history, and to screen readers; what was there before comes back with the sign-in. */
export function usePageTitle(page: string | undefined, app: string): void {
  useEffect(() => {
    const before = document.title;
    document.title = page === undefined ? app : `${page} · ${app}`;
    return () => {
      document.title = before;
    };
  }, [page, app]);
}
