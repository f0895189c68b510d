import { createHmac, timingSafeEqual } from 'node:crypto';
import { AwsError } from '../../errors.ts';
import type { Client } from '../model.ts';

/**
 * Throws NotAuthorizedException unless a client with a secret proves it: HMAC-SHA256 over the name that was sent and the
 * client's id. Source: Amazon Cognito developer guide, "Computing secret hash values".
 */
export function requireSecretHash(
  client: Client,
  names: readonly (string | undefined)[],
  given: string | undefined,
): void {
  if (client.secret === undefined) return;
  const { secret, id } = client;
  if (given === undefined) {
    throw new AwsError(
      'NotAuthorizedException',
      `Client ${id} is configured with secret but SECRET_HASH was not received`,
    );
  }
  const proof = Buffer.from(given, 'base64');
  const proves = (name: string) => {
    const expected = createHmac('sha256', secret)
      .update(name + id)
      .digest();
    return proof.length === expected.length && timingSafeEqual(proof, expected);
  };
  if (names.some((name) => name !== undefined && proves(name))) return;
  throw new AwsError('NotAuthorizedException', `SecretHash does not match for the client: ${id}`);
}

/** For operations that take the secret itself. */
export function requireClientSecret(client: Client, given: string | undefined): void {
  if (client.secret === undefined) return;
  const expected = Buffer.from(client.secret);
  const proof = Buffer.from(given ?? '');
  if (proof.length === expected.length && timingSafeEqual(proof, expected)) return;
  throw new AwsError('NotAuthorizedException', `Invalid client secret for the client: ${client.id}`);
}
