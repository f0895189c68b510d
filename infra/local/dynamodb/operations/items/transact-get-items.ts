import { transactItems } from './transact-items.ts';

export const transactGetItems = transactItems('TransactGetItems', {
  Get: { action: 'dynamodb:GetItem', keyIn: 'Key', writes: false },
});
