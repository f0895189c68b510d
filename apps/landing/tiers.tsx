import { formatEnum, formatNumber } from '../ui/formats/number.ts';
import type { TierSettings } from './start.tsx';

export interface TiersProps {
  /** Undefined while they are on their way. */
  readonly tiers: readonly TierSettings[] | undefined;
  readonly chosen: TierSettings['tier'];
  onChoose(tier: TierSettings['tier']): void;
}

/** The tiers with their limits, as the control plane has them now. */
export function Tiers({ tiers, chosen, onChoose }: TiersProps) {
  if (!tiers) {
    return (
      <ul className="tiers" aria-busy="true" aria-label="The tiers are on their way">
        {[1, 2, 3, 4].map((place) => (
          <li key={place} className="tier waiting" />
        ))}
      </ul>
    );
  }
  return (
    <ul className="tiers">
      {tiers.map((settings) => (
        <Tier key={settings.tier} settings={settings} isChosen={settings.tier === chosen} onChoose={onChoose} />
      ))}
    </ul>
  );
}

interface TierProps {
  readonly settings: TierSettings;
  readonly isChosen: boolean;
  onChoose(tier: TierSettings['tier']): void;
}

function Tier({ settings: { tier, description, deployment, limits }, isChosen, onChoose }: TierProps) {
  const facts: readonly (readonly [string, string])[] = [
    [formatNumber(limits.requestsPerDay), 'requests a day'],
    [formatNumber(limits.requestsPerSecond), 'requests a second'],
    [formatNumber(limits.burst), 'at once'],
  ];
  return (
    <li className={isChosen ? 'tier chosen' : 'tier'}>
      <h3>{formatEnum(tier)}</h3>
      <p>{description}</p>
      <dl>
        {facts.map(([value, name]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className="home">{deployment === 'SILO' ? 'A stack of your own' : 'In the shared pool, with your own gate'}</p>
      <button className={isChosen ? 'button' : 'button quiet'} type="button" onClick={() => onChoose(tier)}>
        Choose {formatEnum(tier)}
      </button>
    </li>
  );
}
