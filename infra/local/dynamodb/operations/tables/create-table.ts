import { AwsError } from '../../../errors.ts';
import type { TableOperation } from '../../dependencies.ts';
import { listAt, objectAt, omit, textAt } from '../../wire.ts';
import { describeAnswer } from './describe.ts';

export const createTable: TableOperation = async (services, authorize, input) => {
  const { callEngine, names, schemas, settings } = services;
  const table = textAt(input, 'TableName') ?? '';
  const resource = names.tableArn(table);
  authorize({ action: 'dynamodb:CreateTable', resource });
  if (listAt(input, 'Tags').length > 0) authorize({ action: 'dynamodb:TagResource', resource });
  if (names.isHidden(table)) throw new AwsError('ResourceInUseException', `Table already exists: ${table}`);
  const answer = await callEngine('CreateTable', omit(input, 'SSESpecification'));
  schemas.forget(table);
  const encryption = objectAt(input, 'SSESpecification');
  const existing = settings.get(table);
  if (encryption || existing) {
    const { token } = existing ?? {};
    await settings.put(table, { ...(token === undefined ? {} : { token }), ...(encryption ? { encryption } : {}) });
  }
  return describeAnswer(services, answer, 'TableDescription');
};
