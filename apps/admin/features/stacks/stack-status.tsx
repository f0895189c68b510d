import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { RunFieldsFragment, StackFieldsFragment } from '../../../../generated/documents/admin/graphql.ts';
import { formatEnum } from '../../../ui/formats/number.ts';

type Status =
  | StackFieldsFragment['status']
  | RunFieldsFragment['status']
  | RunFieldsFragment['steps'][number]['status'];

const types: Readonly<Record<Status, StatusIndicatorProps.Type>> = {
  PROVISIONING: 'in-progress',
  ACTIVE: 'success',
  UPDATING: 'in-progress',
  DEPROVISIONING: 'in-progress',
  REQUESTED: 'pending',
  PENDING: 'pending',
  RUNNING: 'in-progress',
  SUCCEEDED: 'success',
  FAILED: 'error',
};

/** Of a stack, a run, or one of its steps. */
export function WorkStatusText({ status }: { readonly status: Status }) {
  return <StatusIndicator type={types[status]}>{formatEnum(status)}</StatusIndicator>;
}
