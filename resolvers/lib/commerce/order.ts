import type { Order, OrderLine, OrderStatus, UserErrorCode } from '../../../generated/application.ts';
import { userError } from '../userError.ts';

/** An item of Orders, its key's partition left out. */
export interface StoredOrder {
  readonly orderId: string;
  readonly tenantId: string;
  readonly number: string;
  readonly status: OrderStatus;
  readonly lines: readonly OrderLine[];
  readonly total: number;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly updatedAt: string;
  readonly version: number;
}

export interface OrderPayload {
  readonly order: Order | null;
  readonly userErrors: readonly ReturnType<typeof userError<UserErrorCode>>[];
}

export function toOrder(item: Omit<StoredOrder, 'tenantId'>): Order {
  return {
    id: item.orderId,
    number: item.number,
    status: item.status,
    lines: [...item.lines],
    total: item.total,
    createdAt: item.createdAt,
    createdBy: item.createdBy,
    updatedAt: item.updatedAt,
    version: item.version,
  };
}

/** What people call an order: eight characters of its ULID's random part, `SO-7K3M-9Q2X`. */
export function orderNumber(orderId: string): string {
  return `SO-${orderId.slice(18, 22)}-${orderId.slice(22, 26)}`;
}

/** The status from which an order may come to this one by updateOrder; absent: by no update. */
export const statusBefore: Readonly<Partial<Record<OrderStatus, OrderStatus>>> = {
  PAID: 'PLACED',
  SHIPPED: 'PAID',
  DELIVERED: 'SHIPPED',
};

/** Whether the goods are still here, so that ending the order returns them to stock. */
export function holdsStock(order: StoredOrder): boolean {
  return order.status === 'PLACED' || order.status === 'PAID';
}

/** The same for an order that never was, one that is gone and one of another tenant. */
export const noSuchOrder: OrderPayload = {
  order: null,
  userErrors: [userError('NOT_FOUND', 'id', 'There is no such order.')],
};

export function refuseOrder(code: UserErrorCode, field: string | null, message: string): OrderPayload {
  return { order: null, userErrors: [userError(code, field, message)] };
}
