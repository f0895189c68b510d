import { AwsError } from '../../errors.ts';
import type { App, Cognito } from '../context.ts';
import type { User } from '../model.ts';
import { requireComplete, requireValid, requireWritable } from '../users/attribute-rules.ts';
import { passwordChange } from '../users/passwords.ts';
import { writeAttributes } from '../users/write-attributes.ts';
import { requireUsable } from './candidate.ts';
import { nextStep, type AuthenticationAnswer } from './next-step.ts';
import { verifyPassword } from './password-verifier.ts';
import { requireSecretHash } from './secret-hash.ts';
import type { ChallengeName, ChallengeSession } from './sessions.ts';
import { requireTotp } from './require-totp.ts';

type Responses = Readonly<Record<string, string>>;

interface Opened {
  readonly session: ChallengeSession;
  readonly user: User;
}

/** Goes on with an authentication by the answer to its challenge. */
export async function respond(
  parts: Cognito,
  app: App,
  challenge: string,
  sealed: string | undefined,
  responses: Responses,
): Promise<AuthenticationAnswer> {
  switch (challenge) {
    case 'PASSWORD_VERIFIER':
      return verifyPassword(parts, app, responses);
    case 'NEW_PASSWORD_REQUIRED':
      return newPassword(parts, app, openSession(parts, app, challenge, sealed, responses), responses);
    case 'SOFTWARE_TOKEN_MFA':
      return softwareToken(parts, app, openSession(parts, app, challenge, sealed, responses), responses);
    case 'MFA_SETUP':
      return mfaSetup(parts, app, openSession(parts, app, challenge, sealed, responses));
    default:
      throw new AwsError('InvalidParameterException', `The challenge ${challenge} is not supported`);
  }
}

/** The session and its user, who must be the one that is named, through the same client, with the same password as then. */
function openSession(
  parts: Cognito,
  app: App,
  challenge: ChallengeName,
  sealed: string | undefined,
  responses: Responses,
): Opened {
  if (!sealed) throw new AwsError('InvalidParameterException', 'Missing required parameter Session');
  const session = parts.sessions.open(sealed, challenge);
  const name = responses['USERNAME'];
  if (!name) throw new AwsError('InvalidParameterException', 'Missing required parameter USERNAME');
  const user = parts.users.find(app.pool, name);
  const isOwn = session.poolId === app.pool.id && session.clientId === app.client.id && session.sub === user?.sub;
  if (!user || !isOwn || session.salt !== user.password?.salt) {
    throw new AwsError('NotAuthorizedException', 'Invalid session for the user.');
  }
  requireSecretHash(app.client, [name, user.username], responses['SECRET_HASH']);
  requireUsable(app.pool, user, parts.clock.now());
  return { session, user };
}

const attributePrefix = 'userAttributes.';

async function newPassword(
  parts: Cognito,
  app: App,
  { session, user }: Opened,
  responses: Responses,
): Promise<AuthenticationAnswer> {
  const { pool, client } = app;
  if (user.status !== 'FORCE_CHANGE_PASSWORD')
    throw new AwsError('NotAuthorizedException', 'Invalid session for the user.');
  const password = responses['NEW_PASSWORD'];
  if (!password) throw new AwsError('InvalidParameterException', 'Missing required parameter NEW_PASSWORD');
  const written = Object.fromEntries(
    Object.entries(responses)
      .filter(([name]) => name.startsWith(attributePrefix))
      .map(([name, value]) => [name.slice(attributePrefix.length), value]),
  );
  requireWritable(client, Object.keys(written));
  requireValid(pool, written, user.attributes);
  requireComplete(pool, { ...user.attributes, ...written });
  const changed = passwordChange(pool, user, password, parts.randomBytes);

  await parts.sessions.use(session.id, session.expiresAt);
  if (Object.keys(written).length > 0) await writeAttributes(parts, pool, user, written, { clientId: client.id });
  const confirmed = await parts.users.update(pool, user, () => ({
    ...changed,
    status: 'CONFIRMED',
    temporarySince: undefined,
  }));
  return nextStep(parts, app, confirmed, { secondFactor: false, source: 'TokenGeneration_NewPasswordChallenge' });
}

async function softwareToken(
  parts: Cognito,
  app: App,
  { session, user }: Opened,
  responses: Responses,
): Promise<AuthenticationAnswer> {
  const code = responses['SOFTWARE_TOKEN_MFA_CODE'];
  if (!code) throw new AwsError('InvalidParameterException', 'Missing required parameter SOFTWARE_TOKEN_MFA_CODE');
  const totpStep = requireTotp(parts, user, user.totpSecret, code);
  const [shown] = await Promise.all([
    parts.users.update(app.pool, user, () => ({ totpStep })),
    parts.sessions.use(session.id, session.expiresAt),
  ]);
  return nextStep(parts, app, shown, { secondFactor: true, source: 'TokenGeneration_Authentication' });
}

async function mfaSetup(parts: Cognito, app: App, { session, user }: Opened): Promise<AuthenticationAnswer> {
  if (!session.totpVerified || user.totpSecret !== session.totpSecret) {
    throw new AwsError('NotAuthorizedException', 'Invalid session for the user: no software token was verified in it.');
  }
  await parts.sessions.use(session.id, session.expiresAt);
  return nextStep(parts, app, user, { secondFactor: true, source: 'TokenGeneration_Authentication' });
}
