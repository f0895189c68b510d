import { AwsError } from '../errors.ts';
import type { JsonObject } from '../service.ts';
import type { TableServices } from './dependencies.ts';
import { isObject, objectsAt, requiredObject } from './wire.ts';

export interface Expiry {
  /** Looks at one page of each table that has a time to live, and deletes what has expired; answers how many items. */
  sweep(): Promise<number>;
}

const itemsAPage = 200;
/** DynamoDB leaves items alone that expired longer ago. Source: DynamoDB developer guide, "Time to Live". */
const fiveYears = 5 * 365 * 86_400;

export function createExpiry({ callEngine, clock, settings, listeners }: TableServices): Expiry {
  const places = new Map<string, JsonObject>();

  const sweepTable = async (table: string, attribute: string): Promise<number> => {
    const now = Math.floor(clock.now() / 1000);
    const place = places.get(table);
    const expired = {
      ExpressionAttributeNames: { '#end': attribute },
      ExpressionAttributeValues: { ':now': { N: String(now) }, ':then': { N: String(now - fiveYears) } },
    };
    const page = await callEngine('Scan', {
      TableName: table,
      Limit: itemsAPage,
      FilterExpression: '#end < :now AND #end > :then',
      ...expired,
      ...(place ? { ExclusiveStartKey: place } : {}),
    });
    const last = page['LastEvaluatedKey'];
    if (isObject(last)) places.set(table, last);
    else places.delete(table);

    const items = objectsAt(page, 'Items');
    if (items.length === 0) return 0;
    const keys = await keyAttributes(table);
    let deleted = 0;
    for (const item of items) {
      const key = Object.fromEntries(keys.map((name) => [name, item[name] ?? null]));
      // What was given more time since the scan stays.
      const condition = { ConditionExpression: '#end < :now AND #end > :then', ...expired };
      if (await isDone(callEngine('DeleteItem', { TableName: table, Key: key, ...condition }))) deleted += 1;
    }
    if (deleted > 0) listeners.written([table]);
    return deleted;
  };

  const keyAttributes = async (table: string): Promise<string[]> => {
    const description = requiredObject(await callEngine('DescribeTable', { TableName: table }), 'Table');
    return objectsAt(description, 'KeySchema').map((element) => String(element['AttributeName']));
  };

  return {
    async sweep() {
      let deleted = 0;
      for (const [table, { timeToLive }] of [...settings.entries()]) {
        if (timeToLive !== undefined) deleted += await sweepTable(table, timeToLive).catch(unlessGone);
      }
      return deleted;
    },
  };
}

async function isDone(deletion: Promise<unknown>): Promise<boolean> {
  try {
    await deletion;
    return true;
  } catch (error) {
    if (error instanceof AwsError && error.code === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}

/** A table may be deleted meanwhile. */
function unlessGone(error: unknown): number {
  if (error instanceof AwsError && error.code === 'ResourceNotFoundException') return 0;
  throw error;
}
