import { AwsError } from '../../../errors.ts';
import type { Json, JsonObject } from '../../../service.ts';
import { badRequestObject } from '../../execution/field-failure.ts';
import type { DataSourceAnswer } from '../data-source.ts';
import { optional, requireList, requireObject } from '../request-object.ts';
import type { GivenExpression } from './expressions.ts';
import { describeFailure } from './failure.ts';
import type { TableAccess } from './operation.ts';
import { fromWireItemOrNull } from './values.ts';

const conditionMembers = ['equalsIgnore', 'consistentRead', 'conditionalCheckFailedHandler'];

/** The condition of a PutItem, UpdateItem or DeleteItem. */
export function conditionOf(given: Json | undefined): GivenExpression {
  if (given !== undefined && given !== null) {
    const { conditionalCheckFailedHandler: handler = null } = requireObject(given, 'condition');
    const strategy =
      handler === null ? 'Reject' : requireObject(handler, 'condition][conditionalCheckFailedHandler')['strategy'];
    if (strategy !== 'Reject') {
      throw badRequestObject(
        `The conditionalCheckFailedHandler strategy '${String(strategy)}' is not supported by this cloud, only Reject.`,
      );
    }
  }
  return { member: 'ConditionExpression', given, path: 'condition', members: conditionMembers };
}

export interface FailedCondition {
  readonly error: unknown;
  readonly condition: Json | undefined;
  readonly key: JsonObject;
  /** Whether the item is as the write would have left it; such a write counts as done. */
  isAsWanted(stored: JsonObject | null, ignored: ReadonlySet<string>): boolean;
}

/** Has DynamoDB answer a failed condition with the item. */
export const withStored = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;

/**
 * What AppSync does when a condition fails: it reads the item and hands it over with the error, or, if the item is as
 * wanted already, without. Here the failure brings the item along, which spares the read
 * unless there is no item, or an engine that does not know the option; the role must still be one that may read.
 *
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/js-aws-appsync-resolver-reference-dynamodb-condition-expressions.html
 */
export async function afterFailedCondition(access: TableAccess, failed: FailedCondition): Promise<DataSourceAnswer> {
  const { error, condition, key, isAsWanted } = failed;
  if (!(error instanceof AwsError) || error.code !== 'ConditionalCheckFailedException') throw error;
  const { equalsIgnore, consistentRead } = requireObject(condition, 'condition');
  const read = { TableName: access.tableName, Key: key, ConsistentRead: consistentRead !== false };
  const brought = error.fields['Item'] as Json | undefined;
  if (brought !== undefined) await access.authorize('GetItem', read);
  const stored = fromWireItemOrNull(brought ?? (await access.call('GetItem', read))['Item']);
  const ignored = new Set(optional(equalsIgnore, (list) => requireList(list, 'condition][equalsIgnore').map(String)));
  return isAsWanted(stored, ignored) ? { result: stored } : { result: stored, error: describeFailure(error) };
}
