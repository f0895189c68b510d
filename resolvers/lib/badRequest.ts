import { util } from '@aws-appsync/utils';

/** Ends the field with the top-level error for arguments that no interface of ours would send. */
export function badRequest(message: string): never {
  return util.error(message, 'BadRequest');
}
