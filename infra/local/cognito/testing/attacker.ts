import * as aws from '@aws-sdk/client-cognito-identity-provider';
import { password } from './given-user.ts';
import { srpClient } from './srp-client.ts';
import type { Place } from './use-cognito.ts';

export { ada, password } from './given-user.ts';
export const eve = 'eve@example.com';
export const wrong = 'Incorrect username or password.';

/** Steps of sign-ins that a test can take in any order, with whatever it likes. */
export function attacker(place: Place) {
  async function givenInvited(Username: string): Promise<void> {
    await place.cognito.sdk.send(
      new aws.AdminCreateUserCommand({
        UserPoolId: place.poolId,
        Username,
        TemporaryPassword: 'Temporary-1',
        MessageAction: 'SUPPRESS',
      }),
    );
  }

  async function givenUser(Username: string): Promise<void> {
    await givenInvited(Username);
    await place.cognito.sdk.send(
      new aws.AdminSetUserPasswordCommand({ UserPoolId: place.poolId, Username, Password: password, Permanent: true }),
    );
  }

  const initiate = (AuthFlow: aws.AuthFlowType, AuthParameters: Record<string, string>, ClientId = place.clientId) =>
    place.cognito.sdk.send(new aws.InitiateAuthCommand({ ClientId, AuthFlow, AuthParameters }));
  const respond = (
    ChallengeName: aws.ChallengeNameType,
    ChallengeResponses: Record<string, string>,
    Session?: string,
    ClientId = place.clientId,
  ) =>
    place.cognito.sdk.send(
      new aws.RespondToAuthChallengeCommand({ ClientId, ChallengeName, ChallengeResponses, Session }),
    );
  const newPassword = (USERNAME: string, Session: string | undefined, ClientId = place.clientId) =>
    respond('NEW_PASSWORD_REQUIRED', { USERNAME, NEW_PASSWORD: password }, Session, ClientId);
  const firstSession = async (name: string) =>
    (await initiate('USER_PASSWORD_AUTH', { USERNAME: name, PASSWORD: 'Temporary-1' })).Session ?? '';

  async function srp(name: string, secret: string) {
    const client = srpClient();
    const { ChallengeParameters = {} } = await initiate('USER_SRP_AUTH', { USERNAME: name, SRP_A: client.publicValue });
    const TIMESTAMP = 'Mon Nov 23 10:00:00 UTC 2026';
    const signature = client.answer(ChallengeParameters, place.poolId.split('_')[1] ?? '', secret, TIMESTAMP);
    const answer = {
      USERNAME: ChallengeParameters['USER_ID_FOR_SRP'] ?? '',
      PASSWORD_CLAIM_SECRET_BLOCK: ChallengeParameters['SECRET_BLOCK'] ?? '',
      PASSWORD_CLAIM_SIGNATURE: signature,
      TIMESTAMP,
    };
    return { answer, parameters: ChallengeParameters };
  }

  return { givenInvited, givenUser, initiate, respond, newPassword, firstSession, srp };
}
