import { z } from 'zod';
import { authorizedPool, type Cognito } from '../context.ts';
import { operation, userPoolId } from '../operation.ts';
import { page, pageToken } from '../page.ts';

const shape = z.object({
  UserPoolId: userPoolId,
  MaxResults: z.int().min(1).max(60).default(60),
  NextToken: pageToken,
});

export const listUserPoolClients = (parts: Cognito) =>
  operation(shape, (call, { UserPoolId, MaxResults, NextToken }) => {
    const pool = authorizedPool(parts, call, 'ListUserPoolClients', UserPoolId);
    const query = `ListUserPoolClients/${pool.id}`;
    const { items, nextToken } = page(parts.secrets, query, parts.pools.clients(pool.id), MaxResults, NextToken);
    const described = items.map(({ id, poolId, name }) => ({ ClientId: id, UserPoolId: poolId, ClientName: name }));
    return { UserPoolClients: described, NextToken: nextToken };
  });
