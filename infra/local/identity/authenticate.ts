import type { Clock, Environment, Principal, SignedRequest } from '../service.ts';
import type { Sessions } from './sessions.ts';
import { signatureErrors } from './signature/errors.ts';
import { parseSignature } from './signature/parse-signature.ts';
import { verifySignature } from './signature/verify-signature.ts';

/** Key ids of these forms come from AWS or from this cloud: they are never the root user's. */
const issuedKey = /^A(SIA|KIA)[A-Z0-9]{12,}$/;

/**
 * Who signed a request. The account's root user signs with any key id that this cloud did not issue and a secret that
 * equals the id, `test` and `test`; everybody else with a session's credentials.
 */
export function createAuthenticate(
  sessions: Sessions,
  environment: Environment,
  clock: Clock,
): (request: SignedRequest) => Principal {
  const root: Principal = {
    accountId: environment.accountId,
    arn: `arn:${environment.partition}:iam::${environment.accountId}:root`,
    userId: environment.accountId,
  };

  return (request) => {
    const errors = signatureErrors(request);
    const claimed = parseSignature(request, errors);
    const { accessKeyId, sessionToken } = claimed;
    const isRoot = !issuedKey.test(accessKeyId);
    if (isRoot && sessionToken !== undefined) throw errors.badToken();
    const { secret, principal } = isRoot
      ? { secret: accessKeyId, principal: root }
      : sessions.resolve(accessKeyId, sessionToken, errors);
    verifySignature(request, claimed, secret, clock.now(), errors);
    return principal;
  };
}
