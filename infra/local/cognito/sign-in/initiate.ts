import { AwsError } from '../../errors.ts';
import type { App, Cognito } from '../context.ts';
import { issueFurtherTokens } from '../tokens/issue-tokens.ts';
import { candidateOf, requireUsable, wrongPassword, type Candidate } from './candidate.ts';
import { nextStep, type AuthenticationAnswer } from './next-step.ts';
import { requireSecretHash } from './secret-hash.ts';
import { sessionLifetime } from './sessions.ts';
import { isPublicValue, matches, poolName, publicValue } from './srp.ts';

type Parameters = Readonly<Record<string, string>>;
type Flow = (parts: Cognito, app: App, parameters: Parameters) => Promise<AuthenticationAnswer>;

/** What PASSWORD_VERIFIER needs to go on, sealed into SECRET_BLOCK. */
export interface SrpExchange {
  readonly id: string;
  readonly poolId: string;
  readonly clientId: string;
  /** The name as sent. */
  readonly name: string;
  readonly salt: string;
  readonly clientValue: string;
  readonly secret: string;
  readonly expiresAt: number;
}

const byPassword: Flow = async (parts, app, parameters) => {
  const name = required(parameters, 'USERNAME');
  const password = required(parameters, 'PASSWORD');
  requireSecretHash(app.client, [name], parameters['SECRET_HASH']);
  const candidate = candidateOf(parts, app, name);
  await preAuthentication(parts, app, candidate);
  // Again, since others may have guessed meanwhile.
  parts.attempts.require(candidate.attemptsKey);
  const isRight = matches(candidate.password, poolName(app.pool.id), candidate.username, password);
  if (!candidate.user || !isRight) {
    parts.attempts.fail(candidate.attemptsKey);
    throw wrongPassword();
  }
  parts.attempts.succeed(candidate.attemptsKey);
  requireUsable(app.pool, candidate.user, parts.clock.now());
  return nextStep(parts, app, candidate.user, { secondFactor: false, source: 'TokenGeneration_Authentication' });
};

const bySrp: Flow = async (parts, app, parameters) => {
  const name = required(parameters, 'USERNAME');
  const clientValue = required(parameters, 'SRP_A');
  if (!isPublicValue(clientValue))
    throw new AwsError('InvalidParameterException', 'SRP_A is not a member of the group');
  requireSecretHash(app.client, [name], parameters['SECRET_HASH']);
  const candidate = candidateOf(parts, app, name);
  await preAuthentication(parts, app, candidate);

  const secret = parts.randomBytes(32);
  const exchange: SrpExchange = {
    id: parts.randomBytes(16).toString('hex'),
    poolId: app.pool.id,
    clientId: app.client.id,
    name,
    salt: candidate.password.salt,
    clientValue,
    secret: secret.toString('hex'),
    expiresAt: parts.clock.now() + sessionLifetime(app.client),
  };
  return {
    ChallengeName: 'PASSWORD_VERIFIER',
    ChallengeParameters: {
      SALT: candidate.password.salt,
      SECRET_BLOCK: parts.secrets.seal('srp', exchange).toString('base64'),
      SRP_B: publicValue(candidate.password.verifier, secret),
      USERNAME: candidate.username,
      USER_ID_FOR_SRP: candidate.username,
    },
  };
};

const byRefreshToken: Flow = async (parts, app, parameters) => {
  if (app.client.settings.RefreshTokenRotation?.Feature === 'ENABLED') {
    throw new AwsError(
      'NotAuthorizedException',
      'Refresh token rotation is enabled for the client: use GetTokensFromRefreshToken',
    );
  }
  const signIn = parts.signIns.redeem(app.client, required(parameters, 'REFRESH_TOKEN'));
  const user = parts.users.bySub(signIn.poolId, signIn.sub);
  if (!user) throw new AwsError('NotAuthorizedException', 'Invalid Refresh Token');
  requireSecretHash(app.client, [user.username, user.sub, parameters['USERNAME']], parameters['SECRET_HASH']);
  if (!user.enabled) throw new AwsError('NotAuthorizedException', 'User is disabled.');
  return { ChallengeParameters: {}, AuthenticationResult: await issueFurtherTokens(parts, app, user, signIn) };
};

interface FlowRule {
  readonly flow: Flow;
  /** One of these must be among the client's ExplicitAuthFlows. */
  readonly allowedBy: readonly string[];
}

const refresh: FlowRule = { flow: byRefreshToken, allowedBy: ['ALLOW_REFRESH_TOKEN_AUTH'] };
const publicFlows: ReadonlyMap<string, FlowRule> = new Map([
  ['USER_SRP_AUTH', { flow: bySrp, allowedBy: ['ALLOW_USER_SRP_AUTH'] }],
  ['USER_PASSWORD_AUTH', { flow: byPassword, allowedBy: ['ALLOW_USER_PASSWORD_AUTH', 'USER_PASSWORD_AUTH'] }],
  ['REFRESH_TOKEN_AUTH', refresh],
  ['REFRESH_TOKEN', refresh],
]);
const byAdministrator: FlowRule = {
  flow: byPassword,
  allowedBy: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ADMIN_NO_SRP_AUTH'],
};
const adminFlows: ReadonlyMap<string, FlowRule> = new Map([
  ...[...publicFlows].filter(([name]) => name !== 'USER_PASSWORD_AUTH'),
  ['ADMIN_USER_PASSWORD_AUTH', byAdministrator],
  ['ADMIN_NO_SRP_AUTH', byAdministrator],
]);

/** AWS's default for a client that names no flows. */
const defaultFlows = ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'];

/** Begins an authentication by one of the flows that the client allows. */
export async function initiate(
  parts: Cognito,
  app: App,
  flowName: string,
  parameters: Parameters,
  caller: 'public' | 'administrator',
): Promise<AuthenticationAnswer> {
  const rule = (caller === 'public' ? publicFlows : adminFlows).get(flowName);
  if (!rule) throw new AwsError('InvalidParameterException', `Initiate Auth method not supported: ${flowName}`);
  const allowed = app.client.settings.ExplicitAuthFlows ?? defaultFlows;
  // The flows' names of before ALLOW_ let every client refresh.
  const isLegacy = rule === refresh && !allowed.some((name) => name.startsWith('ALLOW_'));
  if (!isLegacy && !rule.allowedBy.some((name) => allowed.includes(name as (typeof allowed)[number]))) {
    throw new AwsError('InvalidParameterException', `${flowName} flow not enabled for this client`);
  }
  return rule.flow(parts, app, parameters);
}

async function preAuthentication(
  { triggers }: Cognito,
  { pool, client, clientMetadata }: App,
  { user }: Candidate,
): Promise<void> {
  const functionArn = pool.settings.LambdaConfig?.PreAuthentication;
  if (!functionArn || !user) return;
  await triggers.run({
    name: 'PreAuthentication',
    functionArn,
    version: '1',
    source: 'PreAuthentication_Authentication',
    pool,
    user,
    clientId: client.id,
    request: { validationData: clientMetadata ?? null, userNotFound: false },
    response: {},
  });
}

function required(parameters: Parameters, name: string): string {
  const value = parameters[name];
  if (value) return value;
  throw new AwsError('InvalidParameterException', `Missing required parameter ${name}`);
}
