import type { TableServices } from '../../dependencies.ts';

/** The engine's API for streams has a name of its own. */
export function streamsApi(operation: string): string {
  return `DynamoDBStreams_20120810.${operation}`;
}

/** What the engine calls a stream: by its own ARN of the table. */
export async function engineStreamArn({ callEngine, names }: TableServices, streamArn: string): Promise<string> {
  const { table, label } = names.streamOf(streamArn);
  const { Table: description } = await callEngine('DescribeTable', { TableName: table });
  const { TableArn: tableArn } = description as { readonly TableArn: string };
  return `${tableArn}/stream/${label}`;
}
