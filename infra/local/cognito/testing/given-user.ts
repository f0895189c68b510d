import * as aws from '@aws-sdk/client-cognito-identity-provider';
import type { Place } from './use-cognito.ts';

export const ada = 'ada@example.com';
export const password = 'Correct-Horse-1';

/** Makes a confirmed user of the place's pool; answers its username. */
export const givenUserOf =
  (place: Place) =>
  async (Username = ada, UserAttributes: aws.AttributeType[] = []): Promise<string> => {
    const { cognito, poolId: UserPoolId } = place;
    const { User } = await cognito.sdk.send(
      new aws.AdminCreateUserCommand({ UserPoolId, Username, UserAttributes, MessageAction: 'SUPPRESS' }),
    );
    await cognito.sdk.send(
      new aws.AdminSetUserPasswordCommand({ UserPoolId, Username, Password: password, Permanent: true }),
    );
    return User?.Username ?? '';
  };
