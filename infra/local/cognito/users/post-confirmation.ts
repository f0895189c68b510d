import type { Cognito } from '../context.ts';
import type { Pool, User } from '../model.ts';

/** Runs the pool's PostConfirmation function, if any. */
export async function postConfirmation(
  { triggers }: Pick<Cognito, 'triggers'>,
  pool: Pool,
  user: User,
  source: 'PostConfirmation_ConfirmSignUp' | 'PostConfirmation_ConfirmForgotPassword',
  clientId: string,
  clientMetadata?: Readonly<Record<string, string>>,
): Promise<void> {
  const functionArn = pool.settings.LambdaConfig?.PostConfirmation;
  if (!functionArn) return;
  await triggers.run({
    name: 'PostConfirmation',
    functionArn,
    version: '1',
    source,
    pool,
    user,
    clientId,
    ...(clientMetadata && { clientMetadata }),
    response: {},
  });
}
