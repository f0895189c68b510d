/** What one answer of the DynamoDB engine says that its call consumed, by table, in request units. */
export interface Units {
  readonly reads: number;
  readonly writes: number;
}

interface ConsumedCapacity {
  readonly TableName?: string;
  readonly CapacityUnits?: number;
}

export interface EngineRequest {
  readonly TableName?: string;
  readonly ReturnValuesOnConditionCheckFailure?: string;
  readonly TransactItems?: readonly Readonly<Record<string, { readonly TableName?: string }>>[];
  readonly RequestItems?: Readonly<Record<string, unknown>>;
}

export interface EngineAnswer {
  readonly __type?: string;
  readonly ConsumedCapacity?: ConsumedCapacity | readonly ConsumedCapacity[];
  /** Of a write that its condition refused: what is stored, if that was asked for. */
  readonly Item?: object;
}

const reading = new Set(['GetItem', 'BatchGetItem', 'TransactGetItems', 'Query']);
const writing = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems']);

/**
 * Whether a call is on items, and so has a price. Reading a stream for a Lambda function has none. What a tenant asks for never scans:
 * no role of an API allows it. Scans are the local cloud's own, for items whose time to live is over.
 */
export function isMetered(operation: string): boolean {
  return reading.has(operation) || writing.has(operation);
}

/**
 * The units of one call by table. A write that its condition refuses takes what the write would have, which the engine does not
 * say: one unit, since the items that we write under conditions are below 1 KB; two in a transaction. Only the local AppSync has a single refused
 * write bring its item along: AppSync itself then reads the item, consistently, which is another unit.
 * Sources: Amazon DynamoDB developer guide, "DynamoDB read and write operations"; AWS AppSync developer guide, "Condition expressions".
 */
export function unitsOf(operation: string, request: EngineRequest, answer: EngineAnswer): Map<string, Units> {
  const units = new Map<string, Units>();
  const add = (table: string | undefined, more: Partial<Units>): void => {
    const { reads, writes } = units.get(table ?? '') ?? { reads: 0, writes: 0 };
    units.set(table ?? '', { reads: reads + (more.reads ?? 0), writes: writes + (more.writes ?? 0) });
  };
  if (answer.__type === undefined) {
    for (const { TableName, CapacityUnits = 0 } of [answer.ConsumedCapacity ?? []].flat())
      add(TableName, reading.has(operation) ? { reads: CapacityUnits } : { writes: CapacityUnits });
  } else if (answer.__type.endsWith('#ConditionalCheckFailedException')) {
    const broughtItem = request.ReturnValuesOnConditionCheckFailure === 'ALL_OLD' && answer.Item !== undefined;
    add(request.TableName, { writes: 1, reads: broughtItem ? 1 : 0 });
  } else if (answer.__type.endsWith('#TransactionCanceledException')) {
    for (const item of request.TransactItems ?? []) add(Object.values(item)[0]?.TableName, { writes: 2 });
  }
  return units;
}
