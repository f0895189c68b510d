import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { OrderFieldsFragment } from '../../../../generated/documents/saas/graphql.ts';
import { formatEnum } from '../../../ui/formats/number.ts';

export type OrderStatus = OrderFieldsFragment['status'];

const types: Readonly<Record<OrderStatus, StatusIndicatorProps.Type>> = {
  PLACED: 'pending',
  PAID: 'in-progress',
  SHIPPED: 'in-progress',
  DELIVERED: 'success',
  CANCELLED: 'stopped',
};

/** What comes after each status; undefined where it is the last. */
export const nextStatus: Readonly<Partial<Record<OrderStatus, OrderStatus>>> = {
  PLACED: 'PAID',
  PAID: 'SHIPPED',
  SHIPPED: 'DELIVERED',
};

export const orderStatuses = Object.keys(types) as OrderStatus[];

export function OrderStatusText({ status }: { readonly status: OrderStatus }) {
  return <StatusIndicator type={types[status]}>{formatEnum(status)}</StatusIndicator>;
}
