import type { TenantStatus } from '../../../generated/control-plane.ts';

/** What the first step of offboardTenant found. */
export interface Leaving {
  readonly statusBefore?: TenantStatus;
  readonly stack?: string;
  /** The same was asked for before. */
  readonly done?: boolean;
}

/** Whether a tenant that is so can be offboarded. One whose onboarding goes on gets there or fails first. */
export function isLeaving(status: TenantStatus): boolean {
  return status === 'ACTIVE' || status === 'SUSPENDED' || status === 'FAILED';
}
