import type { Deployment, TenantLimits, Tier } from '../../../generated/control-plane.ts';

/** What the steps of setTenantTier tell each other of the tenant as it is. */
export interface TierChange {
  readonly fromTier: Tier;
  readonly deployment: Deployment;
  readonly stack: string;
  readonly limits: TenantLimits;
  readonly hasOwnLimits: boolean;
  /** The tenant has the tier already, or is on its way there. */
  readonly done?: boolean;
}
