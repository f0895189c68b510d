import { singleItem } from './single-item.ts';

export const getItem = singleItem({ action: 'dynamodb:GetItem', keyIn: 'Key', writes: false });
