import { z } from 'zod';
import type { Cognito } from '../context.ts';
import { operation } from '../operation.ts';
import { page, pageToken } from '../page.ts';

export const listUserPools = (parts: Cognito) =>
  operation(
    z.object({ MaxResults: z.int().min(1).max(60), NextToken: pageToken }),
    (call, { MaxResults, NextToken }) => {
      call.authorize('cognito-idp:ListUserPools', '*');
      const pools = parts.pools.pools().sort((left, right) => left.createdAt - right.createdAt);
      const { items, nextToken } = page(parts.secrets, 'ListUserPools', pools, MaxResults, NextToken);
      const described = items.map(({ id, name, createdAt, modifiedAt, settings }) => ({
        Id: id,
        Name: name,
        LambdaConfig: settings.LambdaConfig ?? {},
        CreationDate: new Date(createdAt),
        LastModifiedDate: new Date(modifiedAt),
      }));
      return { UserPools: described, NextToken: nextToken };
    },
  );
