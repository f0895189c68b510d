import { useEffect } from 'react';

/**
 * On narrow screens Cloudscape (3.0) gives its bar of buttons an `aria-orientation`, which ARIA does not allow of a navigation. The bar
 * comes and goes with the width of the window.
 */
export function useValidNavigation(): void {
  useEffect(() => {
    const mend = (): void => {
      for (const bar of document.querySelectorAll('nav[aria-orientation]')) bar.removeAttribute('aria-orientation');
    };
    mend();
    const observer = new MutationObserver(mend);
    observer.observe(document.body, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, []);
}
