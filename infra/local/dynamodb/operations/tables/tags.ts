import type { JsonObject } from '../../../service.ts';
import type { TableOperation, TableServices } from '../../dependencies.ts';
import { textAt } from '../../wire.ts';

const onTags =
  (operation: string): TableOperation =>
  async (services, authorize, input) => {
    authorize({ action: `dynamodb:${operation}`, resource: taggedTable(services, input) });
    return await services.callEngine(operation, input);
  };

export const tagResource = onTags('TagResource');
export const untagResource = onTags('UntagResource');
export const listTagsOfResource = onTags('ListTagsOfResource');

/** The engine takes any account's and region's ARN of a table. */
function taggedTable({ names }: TableServices, input: JsonObject): string {
  return names.tableArn(names.resolve(textAt(input, 'ResourceArn') ?? ''));
}
