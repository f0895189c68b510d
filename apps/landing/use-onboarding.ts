import { useCallback, useEffect, useState } from 'react';
import {
  type OnboardingFragment,
  OnRegistrationProgressDocument,
  RegistrationDocument,
} from '../../generated/documents/landing/graphql.ts';
import { useApi } from '../ui/react/api.tsx';
import { useSubscription } from '../ui/react/live.ts';

export interface OnboardingState {
  /** Undefined: not known yet; null: there is no such onboarding. */
  readonly onboarding: OnboardingFragment | null | undefined;
  /** Why the present state could not be read, or is not followed. */
  readonly error: unknown;
  reload(): void;
}

/** An onboarding as it goes: each change by subscription, the present state at the start and after each reconnect. */
export function useOnboarding(id: string): OnboardingState {
  const { graphql } = useApi();
  const [onboarding, setOnboarding] = useState<OnboardingFragment | null>();
  const [error, setError] = useState<unknown>();

  const keepNewest = useCallback((next: OnboardingFragment | null) => {
    setOnboarding((present) => (present && next && next.updatedAt < present.updatedAt ? present : next));
  }, []);
  const reload = useCallback(() => {
    graphql.request(RegistrationDocument, { id }).then(
      ({ registration }) => {
        setError(undefined);
        keepNewest(registration ?? null);
      },
      (fault: unknown) => setError(fault),
    );
  }, [graphql, id, keepNewest]);

  useEffect(reload, [reload]);
  useSubscription(
    OnRegistrationProgressDocument,
    { id },
    {
      onData: ({ onRegistrationProgress }) => {
        if (!onRegistrationProgress) return;
        setError(undefined);
        keepNewest(onRegistrationProgress);
      },
      onReady: reload,
      onError: setError,
    },
  );
  return { onboarding, error, reload };
}
