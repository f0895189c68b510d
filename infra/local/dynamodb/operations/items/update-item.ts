import { singleItem } from './single-item.ts';

export const updateItem = singleItem({ action: 'dynamodb:UpdateItem', keyIn: 'Key', writes: true });
