import { AwsError } from '../../errors.ts';
import type { App, Cognito } from '../context.ts';
import { candidateOf, requireUsable, wrongPassword } from './candidate.ts';
import type { SrpExchange } from './initiate.ts';
import { nextStep, type AuthenticationAnswer } from './next-step.ts';
import { requireSecretHash } from './secret-hash.ts';
import { poolName, verifyClaim } from './srp.ts';

/** The second half of an SRP sign-in. Every way in which it can be wrong answers the same. */
export async function verifyPassword(
  parts: Cognito,
  app: App,
  responses: Readonly<Record<string, string>>,
): Promise<AuthenticationAnswer> {
  const { pool, client } = app;
  const [username, block, timestamp, signature] = [
    required(responses, 'USERNAME'),
    required(responses, 'PASSWORD_CLAIM_SECRET_BLOCK'),
    required(responses, 'TIMESTAMP'),
    required(responses, 'PASSWORD_CLAIM_SIGNATURE'),
  ];
  const secretBlock = Buffer.from(block, 'base64');
  const exchange = parts.secrets.open('srp', secretBlock) as SrpExchange | undefined;
  if (exchange?.poolId !== pool.id || exchange.clientId !== client.id || exchange.expiresAt < parts.clock.now()) {
    throw wrongPassword();
  }
  requireSecretHash(client, [username, exchange.name], responses['SECRET_HASH']);
  const candidate = candidateOf(parts, app, exchange.name);
  // Before the check, so that one exchange is one guess.
  const used = parts.sessions.use(exchange.id, exchange.expiresAt);

  const isOwn = candidate.user !== undefined && candidate.user.sub === parts.users.find(pool, username)?.sub;
  const isRight = verifyClaim({
    pool: poolName(pool.id),
    username: candidate.username,
    verifier: candidate.password.verifier,
    secret: Buffer.from(exchange.secret, 'hex'),
    clientValue: exchange.clientValue,
    secretBlock,
    timestamp,
    signature,
  });
  const succeeds = isOwn && isRight && exchange.salt === candidate.password.salt;
  // Counted before anything is awaited, so that guesses at the same time count too.
  if (succeeds) parts.attempts.succeed(candidate.attemptsKey);
  else parts.attempts.fail(candidate.attemptsKey);
  await used;
  if (!candidate.user || !succeeds) throw wrongPassword();
  requireUsable(pool, candidate.user, parts.clock.now());
  return nextStep(parts, app, candidate.user, { secondFactor: false, source: 'TokenGeneration_Authentication' });
}

function required(responses: Readonly<Record<string, string>>, name: string): string {
  const value = responses[name];
  if (value) return value;
  throw new AwsError('InvalidParameterException', `Missing required parameter ${name}`);
}
