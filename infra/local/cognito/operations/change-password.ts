import { z } from 'zod';
import type { Cognito } from '../context.ts';
import { accessToken, operation, password } from '../operation.ts';
import { wrongPassword } from '../sign-in/candidate.ts';
import { matches, poolName } from '../sign-in/srp.ts';
import { requireSignedIn } from '../tokens/access-token.ts';
import { passwordChange } from '../users/passwords.ts';

const shape = z.object({ AccessToken: accessToken, PreviousPassword: password, ProposedPassword: password });

export const changePassword = (parts: Cognito) =>
  operation(shape, async (_call, { AccessToken, PreviousPassword, ProposedPassword }) => {
    const { pool, user } = await requireSignedIn(parts, AccessToken);
    const attemptsKey = `${pool.id}/${user.sub}`;
    parts.attempts.require(attemptsKey);
    if (!user.password || !matches(user.password, poolName(pool.id), user.username, PreviousPassword)) {
      parts.attempts.fail(attemptsKey);
      throw wrongPassword();
    }
    const changed = passwordChange(pool, user, ProposedPassword, parts.randomBytes);
    await parts.users.update(pool, user, () => changed);
    return {};
  });
