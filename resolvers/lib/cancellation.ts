/**
 * Why DynamoDB cancelled a transaction: one reason for each of its items, in their order.
 * Source: Amazon DynamoDB API reference, "CancellationReason".
 */
export interface CancellationReason<Item> {
  /** `None` for an item that was no obstacle. */
  readonly type: string;
  /** The item as it is; absent if there is none. */
  readonly item?: Item | null;
}

export interface TransactionResult<Item> {
  readonly cancellationReasons?: readonly CancellationReason<Item>[] | null;
}

export function isObstacle(reason: CancellationReason<unknown> | undefined): boolean {
  return !!reason && !!reason.type && reason.type !== 'None';
}

/** Another write had the item at the same moment; nothing is known of the condition. */
export function isContention(reason: CancellationReason<unknown>): boolean {
  return reason.type === 'TransactionConflict';
}
