import { AwsError } from '../../errors.ts';
import type { Identity, Principal } from '../../service.ts';
import { FieldFailure } from '../execution/field-failure.ts';

/** The session of a data source's role. @throws FieldFailure if AppSync may not assume it */
export type AssumeRole = () => Principal;

const sessionName = 'APPSYNC_ASSUME_ROLE';
const lifetimeMilliseconds = 60_000;

/**
 * Sessions are kept for a minute, so that a role that is gone or whose trust changed is noticed; what a role allows is
 * evaluated at every call anyway.
 */
export function createRoleSessions(identity: Identity): (roleArn: string) => Principal {
  const sessions = new Map<string, { readonly principal: Principal; readonly until: number }>();
  return (roleArn) => {
    const now = performance.now();
    const known = sessions.get(roleArn);
    if (known && known.until > now) return known.principal;
    const principal = assume(identity, roleArn);
    sessions.set(roleArn, { principal, until: now + lifetimeMilliseconds });
    return principal;
  };
}

function assume(identity: Identity, roleArn: string): Principal {
  try {
    return identity.assumeServiceRole(roleArn, 'appsync.amazonaws.com', sessionName);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new FieldFailure('UnauthorizedException', `AppSync cannot assume the role ${roleArn}: ${error.message}`);
  }
}
