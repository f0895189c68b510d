import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { RolloutFieldsFragment } from '../../../../generated/documents/admin/graphql.ts';
import { formatEnum } from '../../../ui/formats/number.ts';

export type Wave = RolloutFieldsFragment['waves'][number];
type Status = RolloutFieldsFragment['status'] | Wave['status'] | Wave['stacks'][number]['status'];

const types: Readonly<Record<Status, StatusIndicatorProps.Type>> = {
  PENDING: 'pending',
  WAITING_FOR_APPROVAL: 'warning',
  RUNNING: 'in-progress',
  SUCCEEDED: 'success',
  FAILED: 'error',
  ROLLED_BACK: 'error',
  SKIPPED: 'stopped',
  HALTED: 'error',
  ABORTED: 'stopped',
};

export const waves: readonly Wave['wave'][] = ['CANARY', 'POOLED', 'EARLY', 'REST'];

/** Of a rollout, one of its waves, or a stack in it. */
export function RolloutStatusText({ status }: { readonly status: Status }) {
  return <StatusIndicator type={types[status]}>{formatEnum(status)}</StatusIndicator>;
}
