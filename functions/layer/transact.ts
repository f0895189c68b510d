import { setTimeout as sleep } from 'node:timers/promises';
import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';

export type TransactItems = NonNullable<TransactWriteCommandInput['TransactItems']>;

/** Either all was written, or nothing, and then `refused` says by its place which items' conditions did not hold. */
export type TransactOutcome =
  | { readonly written: true }
  | { readonly written: false; readonly refused: readonly number[] };

const mostAttempts = 8;

/**
 * Writes all items or none. Transactions that meet others on the same item are repeated; what conditions refused is
 * answered, and any other cause is thrown.
 * Source: Amazon DynamoDB API reference, TransactWriteItems, "CancellationReasons".
 */
export async function transact(documents: DynamoDBDocumentClient, items: TransactItems): Promise<TransactOutcome> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await documents.send(new TransactWriteCommand({ TransactItems: items }));
      return { written: true };
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code);
      const refused = codes.flatMap((code, index) => (code === 'ConditionalCheckFailed' ? [index] : []));
      if (refused.length > 0) return { written: false, refused };
      if (!codes.includes('TransactionConflict') || attempt === mostAttempts) throw error;
      await sleep(Math.random() * 10 * 2 ** attempt);
    }
  }
}
