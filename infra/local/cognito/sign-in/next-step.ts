import type { App, Cognito } from '../context.ts';
import type { User } from '../model.ts';
import { issueFirstTokens, type Tokens } from '../tokens/issue-tokens.ts';
import type { TokenSource } from '../tokens/pre-token-generation.ts';
import { missingAttributes, readable } from '../users/attribute-rules.ts';
import type { ChallengeName } from './sessions.ts';

export interface AuthenticationAnswer {
  readonly ChallengeName?: ChallengeName | 'PASSWORD_VERIFIER';
  readonly ChallengeParameters: Readonly<Record<string, string>>;
  readonly Session?: string;
  readonly AuthenticationResult?: Tokens;
}

export interface Progress {
  /** Whether the second factor, where one is needed, has been shown. */
  readonly secondFactor: boolean;
  readonly source: TokenSource;
}

/** What a user who showed the password must do next, or the tokens. */
export async function nextStep(
  parts: Cognito,
  app: App,
  user: User,
  progress: Progress,
): Promise<AuthenticationAnswer> {
  if (user.status === 'FORCE_CHANGE_PASSWORD')
    return challenge(parts, app, user, 'NEW_PASSWORD_REQUIRED', newPasswordParameters(app, user));
  if (!progress.secondFactor) {
    if (needsSoftwareToken(app, user)) return challenge(parts, app, user, 'SOFTWARE_TOKEN_MFA', {});
    if (app.pool.settings.MfaConfiguration === 'ON') {
      return challenge(parts, app, user, 'MFA_SETUP', {
        MFAS_CAN_SETUP: JSON.stringify(app.pool.settings.EnabledMfas ?? []),
      });
    }
  }
  await postAuthentication(parts, app, user);
  return { ChallengeParameters: {}, AuthenticationResult: await issueFirstTokens(parts, app, user, progress.source) };
}

function challenge(
  { sessions }: Cognito,
  { client }: App,
  user: User,
  name: ChallengeName,
  parameters: Readonly<Record<string, string>>,
): AuthenticationAnswer {
  return {
    ChallengeName: name,
    ChallengeParameters: { USER_ID_FOR_SRP: user.username, ...parameters },
    Session: sessions.issue(client, user, name),
  };
}

function newPasswordParameters({ pool, client }: App, user: User): Record<string, string> {
  return {
    requiredAttributes: JSON.stringify(
      missingAttributes(pool, user.attributes).map((name) => `userAttributes.${name}`),
    ),
    userAttributes: JSON.stringify(readable(client, user.attributes)),
  };
}

/** Where MFA is optional it takes the user's own choice besides a registered token. */
function needsSoftwareToken({ pool }: App, user: User): boolean {
  const { MfaConfiguration } = pool.settings;
  if (MfaConfiguration === 'OFF' || user.totpSecret === undefined) return false;
  return MfaConfiguration === 'ON' || user.totpEnabled;
}

async function postAuthentication(
  { triggers }: Cognito,
  { pool, client, clientMetadata }: App,
  user: User,
): Promise<void> {
  const functionArn = pool.settings.LambdaConfig?.PostAuthentication;
  if (!functionArn) return;
  await triggers.run({
    name: 'PostAuthentication',
    functionArn,
    version: '1',
    source: 'PostAuthentication_Authentication',
    pool,
    user,
    clientId: client.id,
    ...(clientMetadata && { clientMetadata }),
    request: { newDeviceUsed: false },
    response: {},
  });
}
