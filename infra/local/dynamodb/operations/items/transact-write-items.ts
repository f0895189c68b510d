import { transactItems } from './transact-items.ts';

export const transactWriteItems = transactItems('TransactWriteItems', {
  Put: { action: 'dynamodb:PutItem', keyIn: 'Item', writes: true },
  Update: { action: 'dynamodb:UpdateItem', keyIn: 'Key', writes: true },
  Delete: { action: 'dynamodb:DeleteItem', keyIn: 'Key', writes: true },
  ConditionCheck: { action: 'dynamodb:ConditionCheckItem', keyIn: 'Key', writes: false },
});
