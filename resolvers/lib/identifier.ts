import { util } from '@aws-appsync/utils';

/** Whether it could be an id of ours. What could not names nothing that exists, and DynamoDB would refuse it as a key. */
export function isIdentifier(id: string): boolean {
  return util.matches('^[0-9A-Za-z-]{1,64}$', id);
}
