import { BatchWriteCommand, type BatchWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { TransitionItem } from '../../../schema/transition.ts';
import { pooledStack } from '../../layer/registry.ts';
import type { Dependencies, Progress, Situation } from '../dependencies.ts';
import { readyStack } from '../situation.ts';
import { type DataPart, dataParts, nextPart, openTenantData, readPage } from '../tenant-data.ts';

/** What BatchWriteItem takes. Source: Amazon DynamoDB API reference, "BatchWriteItem". */
const batch = 25;

type Requests = NonNullable<BatchWriteCommandInput['RequestItems']>[string];

/**
 * Deletes a page of the tenant's rows in the pool's tables. A silo's went with its stack. Undefined when none are left.
 */
export async function removeData<Item extends TransitionItem>(
  stack: string,
  { transition, tenant }: Situation<Item>,
  dependencies: Dependencies,
): Promise<Pick<Progress<Item>, 'set'> | undefined> {
  if (stack !== pooledStack) return undefined;
  const data = await openTenantData(await readyStack(stack, dependencies), tenant, dependencies);
  const from = transition.cursor ?? { part: 'products' };
  const { table, sortKey } = data.parts[from.part as DataPart];
  const { rows, next } = await readPage(data, from.part as DataPart, from);
  for (let start = 0; start < rows.length; start += batch) {
    const requests = rows.slice(start, start + batch).map((row) => ({
      DeleteRequest: { Key: { shardId: row['shardId'], [sortKey]: row[sortKey] } },
    }));
    await writeAll(data.documents, table, requests);
  }
  const cursor = next ?? nextPart(dataParts, from.part);
  return cursor && ({ set: { cursor } } as Pick<Progress<Item>, 'set'>);
}

/** Until DynamoDB has taken all of it. Throws if it takes none: the step is tried again. */
export async function writeAll(documents: Dependencies['documents'], table: string, requests: Requests): Promise<void> {
  let left: Requests | undefined = requests;
  while (left && left.length > 0) {
    const { UnprocessedItems }: { UnprocessedItems?: Record<string, Requests> } = await documents.send(
      new BatchWriteCommand({ RequestItems: { [table]: left } }),
    );
    const unprocessed: Requests | undefined = UnprocessedItems?.[table];
    if (unprocessed && unprocessed.length === left.length) {
      throw new Error(`DynamoDB took none of ${left.length} writes to ${table}`);
    }
    left = unprocessed;
  }
}
