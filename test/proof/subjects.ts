import type { TenantRole, Tier } from '../../generated/application.ts';
import type { OperatorRole, TenantRouting } from '../../generated/control-plane.ts';

/** Where a tenant's API and pool are, as `tenantRouting` answers. */
export type Place = Readonly<TenantRouting>;

/** Someone with a token of their own. */
export interface Member {
  /** `mallory (BASIC TENANT_ADMIN)`: how reports name them. */
  readonly label: string;
  readonly email: string;
  readonly password: string;
  readonly accessToken: string;
  readonly idToken: string;
  readonly refreshToken: string;
}

/** A tenant with two people and some trade, whom others attack and who attacks others. */
export interface Subject {
  readonly tenantId: string;
  readonly slug: string;
  readonly tier: Tier;
  readonly place: Place;
  readonly members: Readonly<Record<TenantRole, Member>>;
  readonly ids: { readonly product: string; readonly order: string; readonly user: string };
  /** A page's cursor for each list. */
  readonly cursors: Readonly<Record<'products' | 'orders' | 'users', string>>;
  /** Texts that are nowhere but in this tenant's data. */
  readonly secrets: readonly string[];
  /** A word in the names of its products and people. */
  readonly marker: string;
}

/** Everybody in the proof. */
export interface World {
  readonly controlPlane: { readonly graphqlUrl: string; readonly realtimeUrl: string; readonly apiKey: string };
  readonly operatorPool: { readonly userPoolId: string; readonly clientId: string };
  readonly operators: Readonly<Record<OperatorRole, Member>>;
  /** Two of each tier that is proven. */
  readonly subjects: readonly Subject[];
  /** Tenants of the pool whose ids are as alike as ids can be, each with a product. */
  readonly lookAlikes: readonly Subject[];
}

/** Every attacker with each other tenant: `[[mallory, victim], …]` */
export function pairs(subjects: readonly Subject[]): (readonly [Subject, Subject])[] {
  return subjects.flatMap((attacker) =>
    subjects.filter((victim) => victim !== attacker).map((victim) => [attacker, victim] as const),
  );
}

/** One pair for each two tiers: what all pairs are attacked with would only repeat itself. */
export function tierPairs(subjects: readonly Subject[]): (readonly [Subject, Subject])[] {
  const seen = new Set<string>();
  return pairs(subjects).filter(([attacker, victim]) => {
    const key = `${attacker.tier} ${victim.tier}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

export const tenantRoles: readonly TenantRole[] = ['TENANT_ADMIN', 'TENANT_USER'];
