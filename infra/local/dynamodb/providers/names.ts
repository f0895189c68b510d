import { createHash } from 'node:crypto';
import type { JsonObject, ResourceScope } from '../../service.ts';
import { textAt } from '../wire.ts';

/** Source: DynamoDB developer guide, "Naming rules and data types". */
const longestName = 255;

/** `TableName`, or a name as CloudFormation makes it: `<stack>-<logical id>-<12 characters>`. */
export function tableNameOf(scope: ResourceScope, token: string, properties: JsonObject): string {
  const given = textAt(properties, 'TableName');
  if (given !== undefined) return given;
  const suffix = createHash('sha256').update(token).digest('hex').slice(0, 12).toUpperCase();
  return `${`${scope.stackName}-${scope.logicalId}`.slice(0, longestName - suffix.length - 1)}-${suffix}`;
}
