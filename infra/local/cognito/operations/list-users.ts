import { z } from 'zod';
import { authorizedPool, type Cognito } from '../context.ts';
import { operation, userPoolId } from '../operation.ts';
import { limit, pageToken, placeOf, tokenOf } from '../page.ts';
import { describeUser } from '../users/describe-user.ts';
import { usersMatching } from '../users/filter.ts';

const shape = z.object({
  UserPoolId: userPoolId,
  Filter: z.string().max(256).optional(),
  Limit: limit,
  PaginationToken: pageToken,
  AttributesToGet: z.array(z.string()).optional(),
});

/** Pages follow the order of creation, so users that come and go meanwhile shift nothing. */
export const listUsers = (parts: Cognito) =>
  operation(shape, (call, { UserPoolId, Filter = '', Limit, PaginationToken, AttributesToGet }) => {
    const pool = authorizedPool(parts, call, 'ListUsers', UserPoolId);
    const query = `ListUsers/${pool.id}/${Filter}`;
    const after =
      PaginationToken === undefined ? 0 : placeOf<{ after: number }>(parts.secrets, query, PaginationToken).after;
    const size = Limit === 0 ? 60 : Limit;

    const found = [];
    for (const user of usersMatching(parts, pool, Filter)) {
      if (user.sequence > after) found.push(user);
      if (found.length > size) break;
    }
    const shown = found.slice(0, size);
    const isMore = found.length > size;
    const token = isMore ? tokenOf(parts.secrets, query, { after: shown.at(-1)?.sequence }) : undefined;
    const Users = shown.map(describeUser).map(({ Attributes, ...user }) => ({
      ...user,
      Attributes: Attributes.filter(({ Name }) => AttributesToGet?.includes(Name) ?? true),
    }));
    return { Users, PaginationToken: token };
  });
