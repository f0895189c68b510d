import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { TenantUserFieldsFragment } from '../../../../generated/documents/admin/graphql.ts';
import { formatEnum } from '../../../ui/formats/number.ts';

type UserStatus = TenantUserFieldsFragment['status'];

const types: Readonly<Record<UserStatus, StatusIndicatorProps.Type>> = {
  ACTIVE: 'success',
  INVITED: 'pending',
  DISABLED: 'stopped',
};

/** Of tenants' users and of operators. */
export function UserStatusText({ status }: { readonly status: UserStatus }) {
  return <StatusIndicator type={types[status]}>{formatEnum(status)}</StatusIndicator>;
}
