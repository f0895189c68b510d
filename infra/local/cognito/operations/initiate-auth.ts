import { z } from 'zod';
import { appOf, type Cognito } from '../context.ts';
import { clientId, metadata, operation, texts } from '../operation.ts';
import { initiate } from '../sign-in/initiate.ts';

const shape = z.object({
  ClientId: clientId,
  AuthFlow: z.string(),
  AuthParameters: texts.default({}),
  ClientMetadata: metadata,
});

export const initiateAuth = (parts: Cognito) =>
  operation(shape, (_call, { ClientId, AuthFlow, AuthParameters, ClientMetadata }) =>
    initiate(parts, appOf(parts, ClientId, ClientMetadata), AuthFlow, AuthParameters, 'public'),
  );
