import { useMemo, useState } from 'react';
import type { Guest } from '../../shell/guest.ts';
import { useOperator } from '../../shell/operator.tsx';
import { controlPlaneTargets, guestTarget, type Target } from './target.ts';

export interface Targets {
  readonly all: readonly Target[];
  readonly chosen: Target;
  choose(id: string): void;
  /** Adds the API of the guest's tenant, as the guest, and chooses it. */
  enter(guest: Guest): void;
}

/** The APIs that can be asked from here, each as someone. */
export function useTargets(): Targets {
  const { config, session, email } = useOperator();
  const own = useMemo(() => controlPlaneTargets(config, session, email), [config, session, email]);
  const [guests, setGuests] = useState<readonly Target[]>([]);
  const [id, choose] = useState<string>();
  const all = [...own, ...guests];
  return {
    all,
    chosen: all.find((each) => each.id === id) ?? own[0],
    choose,
    enter: (guest) => {
      const entered = guestTarget(guest);
      setGuests([...guests.filter((each) => each.id !== entered.id), entered]);
      choose(entered.id);
    },
  };
}
