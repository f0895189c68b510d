import type { ConditionContext, JsonObject } from '../service.ts';
import type { Access, TableServices } from './dependencies.ts';
import { attributesNamed } from './expressions/attribute-names.ts';
import { isObject, listAt, textAt, validation } from './wire.ts';

/**
 * The condition keys of a request on items.
 * Source: DynamoDB developer guide, "Using IAM policy conditions for fine-grained access control".
 */
export function itemContext(request: JsonObject, leadingKeys: readonly string[]): ConditionContext {
  const returnValues = textAt(request, 'ReturnValues');
  return {
    ...(leadingKeys.length > 0 ? { 'dynamodb:LeadingKeys': leadingKeys } : {}),
    'dynamodb:Attributes': () => attributesNamed(request),
    ...(returnValues === undefined ? {} : { 'dynamodb:ReturnValues': returnValues }),
  };
}

/** What a read gets to see: `SPECIFIC_ATTRIBUTES` if it names them. */
export function selectOf(request: JsonObject): string {
  const isProjected = textAt(request, 'ProjectionExpression') ?? listAt(request, 'AttributesToGet')[0];
  return textAt(request, 'Select') ?? (isProjected === undefined ? 'ALL_ATTRIBUTES' : 'SPECIFIC_ATTRIBUTES');
}

/** The partition key's value among attributes, as text. */
export function leadingKey(attributes: JsonObject, partitionKey: string): string {
  const value = Object.hasOwn(attributes, partitionKey) ? attributes[partitionKey] : undefined;
  if (isObject(value)) return keyText(value);
  throw validation('The provided key element does not match the schema');
}

/** The one value of a key attribute: `{S: 'a'}` is `a`. */
export function keyText(value: JsonObject): string {
  const [text, ...others] = Object.values(value);
  if (typeof text === 'string' && others.length === 0) return text;
  throw validation('The provided key element does not match the schema');
}

/** One item of one table, by its key or as a whole. */
export async function singleItemAccess(
  services: TableServices,
  action: string,
  table: string,
  request: JsonObject,
  attributes: JsonObject,
  extra: () => ConditionContext = () => ({}),
): Promise<Access> {
  const schema = await services.schemas.find(table);
  const leadingKeys = () => (schema ? [leadingKey(attributes, schema.partitionKey)] : []);
  const context = () => ({ ...itemContext(request, leadingKeys()), ...extra() });
  return { action, resource: services.names.tableArn(table), context };
}

/** The request with its table by name. */
export function withTable(request: JsonObject, table: string): JsonObject {
  return request['TableName'] === table ? request : { ...request, TableName: table };
}
