import type { TableOperation } from '../../dependencies.ts';
import { objectAt, omit } from '../../wire.ts';
import { describeAnswer } from './describe.ts';

/** The engine takes encryption at creation only, so a change of it is kept beside. */
export const updateTable: TableOperation = async (services, authorize, input) => {
  const { callEngine, names, schemas, settings } = services;
  const table = names.tableOf(input);
  authorize({ action: 'dynamodb:UpdateTable', resource: names.tableArn(table) });
  const changes = { ...omit(input, 'SSESpecification'), TableName: table };
  const encryption = objectAt(input, 'SSESpecification');
  const isEncryptionAlone = encryption !== undefined && Object.keys(changes).length === 1;
  const answer = isEncryptionAlone
    ? { TableDescription: (await callEngine('DescribeTable', { TableName: table }))['Table'] ?? null }
    : await callEngine('UpdateTable', changes);
  schemas.forget(table);
  if (encryption) await settings.put(table, { ...settings.get(table), encryption });
  return describeAnswer(services, answer, 'TableDescription');
};
