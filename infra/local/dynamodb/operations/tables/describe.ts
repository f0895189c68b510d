import type { JsonObject } from '../../../service.ts';
import type { TableServices } from '../../dependencies.ts';
import { isObject, omit } from '../../wire.ts';

/** A table's description as clients see it: our ARNs, and the encryption that was asked for last. */
export function describe({ names, settings, environment }: TableServices, description: JsonObject): JsonObject {
  const translated = omit(names.translate(description), 'SSEDescription');
  const table = String(description['TableName']);
  const encryption = settings.get(table)?.encryption;
  if (!encryption || encryption['Enabled'] !== true) return translated;
  const { partition, region, accountId } = environment;
  const key = encryption['KMSMasterKeyId'] ?? `arn:${partition}:kms:${region}:${accountId}:alias/aws/dynamodb`;
  return { ...translated, SSEDescription: { Status: 'ENABLED', SSEType: 'KMS', KMSMasterKeyArn: key } };
}

/** The same for an answer that holds the description as `member`. */
export function describeAnswer(services: TableServices, answer: JsonObject, member: string): JsonObject {
  const description = answer[member];
  return isObject(description) ? { ...answer, [member]: describe(services, description) } : answer;
}
