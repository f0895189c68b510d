import type { App, Cognito } from '../context.ts';
import type { User } from '../model.ts';
import { giveCode } from './codes.ts';
import type { Delivery } from './messages.ts';

/** Mails the code that confirms an account, where the pool verifies addresses and the user has one. */
export async function sendSignUpCode(
  parts: Cognito,
  { pool, client, clientMetadata }: App,
  user: User,
  kind: 'SignUp' | 'ResendCode',
): Promise<Delivery | undefined> {
  if (!pool.settings.AutoVerifiedAttributes?.includes('email') || !user.attributes['email']) return undefined;
  const secret = await giveCode(parts, pool, user, 'sign-up');
  return parts.messages.send({
    kind,
    pool,
    user,
    secret,
    clientId: client.id,
    ...(clientMetadata && { clientMetadata }),
  });
}
