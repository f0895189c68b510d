import { z } from 'zod';
import type { Cognito } from '../context.ts';
import { accessToken, operation } from '../operation.ts';
import { requireSignedIn } from '../tokens/access-token.ts';
import { readable, toList } from '../users/attribute-rules.ts';
import { describeMfa } from '../users/describe-user.ts';

/** Shows what the client may read. */
export const getUser = (parts: Cognito) =>
  operation(z.object({ AccessToken: accessToken }), async (_call, { AccessToken }) => {
    const { client, user } = await requireSignedIn(parts, AccessToken);
    return {
      Username: user.username,
      UserAttributes: toList({ sub: user.sub, ...readable(client, user.attributes) }),
      ...describeMfa(user),
    };
  });
