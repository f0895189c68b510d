import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { TenantFieldsFragment } from '../../../../generated/documents/admin/graphql.ts';
import { formatEnum } from '../../../ui/formats/number.ts';

export type TenantStatus = TenantFieldsFragment['status'];
export type Tier = TenantFieldsFragment['tier'];

const types: Readonly<Record<TenantStatus, StatusIndicatorProps.Type>> = {
  REQUESTED: 'pending',
  PROVISIONING: 'in-progress',
  ACTIVE: 'success',
  SUSPENDED: 'stopped',
  OFFBOARDING: 'in-progress',
  OFFBOARDED: 'stopped',
  FAILED: 'error',
};

export const tenantStatuses = Object.keys(types) as TenantStatus[];
export const tiers: readonly Tier[] = ['BASIC', 'STANDARD', 'PREMIUM', 'PLATINUM'];

export function TenantStatusText({ status }: { readonly status: TenantStatus }) {
  return <StatusIndicator type={types[status]}>{formatEnum(status)}</StatusIndicator>;
}
