import type { AwsError } from '../../../errors.ts';
import type { DataSourceAnswer } from '../data-source.ts';

/** DynamoDB's errors that have a type of their own in AppSync; any other is a `DynamoDbException`. */
const named: ReadonlySet<string> = new Set([
  'ConditionalCheckFailedException',
  'ItemCollectionSizeLimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'ResourceNotFoundException',
  'TransactionCanceledException',
  'TransactionConflictException',
  'TransactionInProgressException',
  'IdempotentParameterMismatchException',
]);

/** `ctx.error` for an error of DynamoDB's. */
export function describeFailure({ code, message, status }: AwsError): NonNullable<DataSourceAnswer['error']> {
  const type = `DynamoDB:${named.has(code) ? code : 'DynamoDbException'}`;
  return { type, message: `${message} (Service: DynamoDb, Status Code: ${status})` };
}
