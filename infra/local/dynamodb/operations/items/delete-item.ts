import { singleItem } from './single-item.ts';

export const deleteItem = singleItem({ action: 'dynamodb:DeleteItem', keyIn: 'Key', writes: true });
