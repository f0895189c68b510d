import type { TableOperation } from '../../dependencies.ts';
import { describeAnswer } from './describe.ts';

export const describeTable: TableOperation = async (services, authorize, input) => {
  const table = services.names.tableOf(input);
  authorize({ action: 'dynamodb:DescribeTable', resource: services.names.tableArn(table) });
  return describeAnswer(services, await services.callEngine('DescribeTable', { TableName: table }), 'Table');
};
