import { AwsError } from '../../errors.ts';

/** The same for a wrong key, an expired one and a token that the authorizer refuses. */
export function unauthorized(): AwsError {
  return new AwsError('UnauthorizedException', 'You are not authorized to make this call.', 401);
}
