import { useCallback, useEffect, useRef, useState } from 'react';
import { TiersDocument, type TiersQuery } from '../../generated/documents/landing/graphql.ts';
import { useApi } from '../ui/react/api.tsx';
import { Hero } from './hero.tsx';
import { Problem } from './problem.tsx';
import { SignUpForm } from './sign-up-form.tsx';
import { Tiers } from './tiers.tsx';

export type TierSettings = TiersQuery['tiers'][number];

/** What the product is, its tiers, and the sign-up. */
export function Start({ onRegistered }: { onRegistered(id: string, email: string): void }) {
  const { graphql } = useApi();
  const [tiers, setTiers] = useState<readonly TierSettings[]>();
  const [error, setError] = useState<unknown>();
  const [tier, setTier] = useState<TierSettings['tier']>('BASIC');
  const form = useRef<HTMLElement>(null);

  const load = useCallback(
    (signal?: AbortSignal) => {
      setError(undefined);
      graphql.request(TiersDocument, {}, { signal }).then(
        (data) => setTiers(data.tiers),
        (fault: unknown) => signal?.aborted || setError(fault),
      );
    },
    [graphql],
  );
  useEffect(() => {
    const controller = new AbortController();
    load(controller.signal);
    return () => controller.abort();
  }, [load]);

  return (
    <>
      <Hero />
      <section className="page" aria-labelledby="tiers-title" id="tiers">
        <h2 id="tiers-title">A tier for every size</h2>
        <p className="lead">
          Every tier has the whole product. Limits hold for your workspace alone: no neighbour uses yours up.
        </p>
        {error !== undefined ? (
          <Problem error={error} onRetry={() => load()} />
        ) : (
          <Tiers
            tiers={tiers}
            chosen={tier}
            onChoose={(chosen) => {
              setTier(chosen);
              form.current?.querySelector('input')?.focus();
            }}
          />
        )}
      </section>
      <section className="page narrow" aria-labelledby="sign-up-title" id="sign-up" ref={form}>
        <h2 id="sign-up-title">Create your workspace</h2>
        <SignUpForm tier={tier} onTier={setTier} onRegistered={onRegistered} />
      </section>
    </>
  );
}
