import type { TableOperation } from '../../dependencies.ts';
import { describeAnswer } from './describe.ts';

export const deleteTable: TableOperation = async (services, authorize, input) => {
  const { callEngine, names, schemas, settings } = services;
  const table = names.tableOf(input);
  authorize({ action: 'dynamodb:DeleteTable', resource: names.tableArn(table) });
  const answer = describeAnswer(services, await callEngine('DeleteTable', { TableName: table }), 'TableDescription');
  schemas.forget(table);
  await settings.delete(table);
  return answer;
};
