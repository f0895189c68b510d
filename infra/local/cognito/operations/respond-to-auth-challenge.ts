import { z } from 'zod';
import { appOf, type Cognito } from '../context.ts';
import { clientId, metadata, operation, session, texts } from '../operation.ts';
import { respond } from '../sign-in/respond.ts';

const shape = z.object({
  ClientId: clientId,
  ChallengeName: z.string(),
  ChallengeResponses: texts.default({}),
  Session: session.optional(),
  ClientMetadata: metadata,
});

export const respondToAuthChallenge = (parts: Cognito) =>
  operation(shape, (_call, { ClientId, ChallengeName, ChallengeResponses, Session, ClientMetadata }) =>
    respond(parts, appOf(parts, ClientId, ClientMetadata), ChallengeName, Session, ChallengeResponses),
  );
