import { AwsError } from '../../../errors.ts';
import type { Json, JsonObject } from '../../../service.ts';
import { badRequestObject } from '../../execution/field-failure.ts';
import { requireList, requireObject, requireText } from '../request-object.ts';
import { toWireExpressions } from './expressions.ts';
import { describeFailure } from './failure.ts';
import type { TableOperation } from './operation.ts';
import { fromWireItem, fromWireItemOrNull, toWireMap } from './values.ts';

interface Write {
  readonly wire: JsonObject;
  readonly key: JsonObject;
}

const wireNames: Readonly<Record<string, string>> = {
  PutItem: 'Put',
  UpdateItem: 'Update',
  DeleteItem: 'Delete',
  ConditionCheck: 'ConditionCheck',
};

/** `{keys, cancellationReasons}`: the reasons, in the order of the request, come with `ctx.error`. */
export const transactWriteItems: TableOperation = async ({ call }, request) => {
  const { transactItems } = requireObject(request, '', ['version', 'operation', 'transactItems']);
  const writes = requireList(transactItems, 'transactItems').map(readWrite);
  try {
    await call('TransactWriteItems', { TransactItems: writes.map(({ wire }) => wire) });
    return { result: { keys: writes.map(({ key }) => fromWireItem(key)), cancellationReasons: null } };
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'TransactionCanceledException') throw error;
    return {
      result: { keys: null, cancellationReasons: reasonsOf(error) },
      error: describeFailure(error),
    };
  }
};

function readWrite(value: Json, index: number): Write {
  const path = `transactItems][${index}`;
  const given = requireObject(value, path, ['table', 'operation', 'key', 'attributeValues', 'update', 'condition']);
  const operation = requireText(given['operation'], `${path}][operation`);
  const wireName = Object.hasOwn(wireNames, operation) ? wireNames[operation] : undefined;
  if (wireName === undefined) {
    throw badRequestObject(
      `Unsupported operation '${operation}' at '$[${path}]'. Supported are ${Object.keys(wireNames).join(', ')}.`,
    );
  }
  const key = toWireMap(given['key'] ?? null, `${path}][key`);
  const target: JsonObject =
    operation === 'PutItem'
      ? { Item: { ...toWireMap(given['attributeValues'] ?? {}, `${path}][attributeValues`), ...key } }
      : { Key: key };
  return {
    key,
    wire: {
      [wireName]: {
        TableName: requireText(given['table'], `${path}][table`),
        ...target,
        ...toWireExpressions([
          { member: 'UpdateExpression', given: given['update'], path: `${path}][update` },
          {
            member: 'ConditionExpression',
            given: given['condition'],
            path: `${path}][condition`,
            members: ['returnValuesOnConditionCheckFailure'],
          },
        ]),
        ...(returnsItem(given['condition']) ? { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } : {}),
      },
    },
  };
}

/** `returnValuesOnConditionCheckFailure` is true unless the code says otherwise. */
function returnsItem(condition: Json | undefined): boolean {
  if (condition === undefined || condition === null) return false;
  return (condition as JsonObject)['returnValuesOnConditionCheckFailure'] !== false;
}

function reasonsOf(error: AwsError): Json {
  const reasons = error.fields['CancellationReasons'];
  if (!Array.isArray(reasons)) return [];
  return (reasons as JsonObject[]).map(({ Code = 'None', Message = null, Item }) => ({
    type: Code,
    message: Message ?? 'None',
    item: fromWireItemOrNull(Item),
  }));
}
