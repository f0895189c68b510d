import type { OffboardingItem } from '../../../schema/transition.ts';

type Named = Pick<OffboardingItem, 'tenantId' | 'transitionId'>;

/** An export has a folder of its own in the bucket; one that was cancelled stays beside the next. */
const folder = ({ tenantId, transitionId }: Named) => `exports/${tenantId}/${transitionId}`;

export const manifestKey = (named: Named): string => `${folder(named)}/manifest.json`;

/** `exports/<tenantId>/<transitionId>/orders-00001.jsonl` */
export function fileKey(named: Named, part: string, number: number): string {
  return `${folder(named)}/${part}-${String(number).padStart(5, '0')}.jsonl`;
}
