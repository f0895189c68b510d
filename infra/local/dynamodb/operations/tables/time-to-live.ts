import type { TableOperation } from '../../dependencies.ts';
import { requiredObject, textAt } from '../../wire.ts';

export const describeTimeToLive: TableOperation = async ({ callEngine, names }, authorize, input) => {
  const table = names.tableOf(input);
  authorize({ action: 'dynamodb:DescribeTimeToLive', resource: names.tableArn(table) });
  return await callEngine('DescribeTimeToLive', { TableName: table });
};

export const updateTimeToLive: TableOperation = async ({ callEngine, names, settings }, authorize, input) => {
  const table = names.tableOf(input);
  authorize({ action: 'dynamodb:UpdateTimeToLive', resource: names.tableArn(table) });
  const answer = await callEngine('UpdateTimeToLive', { ...input, TableName: table });
  const specification = requiredObject(input, 'TimeToLiveSpecification');
  const attribute = specification['Enabled'] === true ? textAt(specification, 'AttributeName') : undefined;
  const { token, recovery, encryption } = settings.get(table) ?? {};
  await settings.put(table, {
    ...(token === undefined ? {} : { token }),
    ...(recovery ? { recovery } : {}),
    ...(encryption ? { encryption } : {}),
    ...(attribute === undefined ? {} : { timeToLive: attribute }),
  });
  return answer;
};
