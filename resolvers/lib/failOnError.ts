import { type Context, util } from '@aws-appsync/utils';

/** Ends the field if its data source failed. The cause's text stays in the logs: it can name tables and roles. */
export function failOnError(ctx: Context) {
  if (ctx.error) util.error('The request could not be completed; try again.', ctx.error.type);
}

/** Whether the write's condition refused it; `ctx.result` is then the item as it is, or null if there is none. */
export function isConditionFailure(ctx: Context): boolean {
  return ctx.error?.type === 'DynamoDB:ConditionalCheckFailedException';
}

/** Whether a transaction was cancelled; `ctx.result.cancellationReasons` then has one reason for each item. */
export function isTransactionCancelled(ctx: Context): boolean {
  return ctx.error?.type === 'DynamoDB:TransactionCanceledException';
}
