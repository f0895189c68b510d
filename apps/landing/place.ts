import { useSyncExternalStore } from 'react';

/** Where on this page one is: the sign-up, or an onboarding, whose address can be kept and shared. */
export type Place = { readonly at: 'start' } | { readonly at: 'onboarding'; readonly id: string };

const onboarding = /^\/onboarding\/([\w-]+)\/?$/;

function listen(listener: () => void): () => void {
  addEventListener('popstate', listener);
  return () => removeEventListener('popstate', listener);
}

export function usePlace(): Place {
  const path = useSyncExternalStore(listen, () => location.pathname);
  const id = onboarding.exec(path)?.[1];
  return id === undefined ? { at: 'start' } : { at: 'onboarding', id };
}

export function goTo(place: Place): void {
  history.pushState(null, '', place.at === 'start' ? '/' : `/onboarding/${place.id}`);
  dispatchEvent(new PopStateEvent('popstate'));
  scrollTo({ top: 0 });
}
