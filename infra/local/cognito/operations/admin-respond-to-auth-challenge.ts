import { z } from 'zod';
import { authorizedPool, type Cognito } from '../context.ts';
import { clientId, metadata, operation, session, texts, userPoolId } from '../operation.ts';
import { respond } from '../sign-in/respond.ts';

const shape = z.object({
  UserPoolId: userPoolId,
  ClientId: clientId,
  ChallengeName: z.string(),
  ChallengeResponses: texts.default({}),
  Session: session.optional(),
  ClientMetadata: metadata,
});

export const adminRespondToAuthChallenge = (parts: Cognito) =>
  operation(shape, (call, { UserPoolId, ClientId, ChallengeName, ChallengeResponses, Session, ClientMetadata }) => {
    const pool = authorizedPool(parts, call, 'AdminRespondToAuthChallenge', UserPoolId);
    const client = parts.pools.client(ClientId, pool.id);
    const app = { pool, client, ...(ClientMetadata && { clientMetadata: ClientMetadata }) };
    return respond(parts, app, ChallengeName, Session, ChallengeResponses);
  });
