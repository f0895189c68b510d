import { singleItem } from './single-item.ts';

export const putItem = singleItem({ action: 'dynamodb:PutItem', keyIn: 'Item', writes: true });
