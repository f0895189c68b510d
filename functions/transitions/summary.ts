import type { TenantMove, TenantOffboarding } from '../../generated/control-plane.ts';
import { moveSummary, type OffboardingItem, type TransitionItem } from '../../schema/transition.ts';
import type { TenantItem } from '../layer/registry.ts';
import { manifestKey } from './offboarding/export-keys.ts';

/** What operators see of a transition: it is kept in the tenant, so that they hear of each change. */
export function summaryOf(transition: TransitionItem): Pick<TenantItem, 'offboarding' | 'move'> {
  return transition.kind === 'MOVE'
    ? { move: moveSummary(transition) }
    : { offboarding: offboardingSummary(transition) };
}

const beforeExport: readonly OffboardingItem['step'][] = ['SUSPEND', 'EXPORT'];

function offboardingSummary(item: OffboardingItem): TenantOffboarding & Pick<OffboardingItem, 'statusBefore'> {
  return {
    requestedAt: item.startedAt,
    purgeAt: item.purgeAt,
    step: item.step,
    ...(!beforeExport.includes(item.step) && { exportKey: manifestKey(item) }),
    ...(item.failure !== undefined && { failure: item.failure }),
    statusBefore: item.statusBefore,
  };
}

/** Whether there is nothing new to tell. */
export function isTold(tenant: TenantItem, told: Pick<TenantItem, 'offboarding' | 'move'>): boolean {
  return Object.entries(told).every(
    ([name, value]) => JSON.stringify(sorted(tenant[name as 'offboarding' | 'move'])) === JSON.stringify(sorted(value)),
  );
}

function sorted(value: TenantOffboarding | TenantMove | undefined) {
  return Object.entries(value ?? {}).sort(([left], [right]) => (left < right ? -1 : 1));
}
