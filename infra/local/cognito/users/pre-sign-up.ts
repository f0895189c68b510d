import type { Cognito } from '../context.ts';
import type { Pool, User } from '../model.ts';

export interface SignUpContext {
  readonly clientId?: string;
  readonly clientMetadata?: Readonly<Record<string, string>>;
  readonly validationData?: Readonly<Record<string, string>>;
}

/** Runs the pool's PreSignUp function, if any, on the user to be; answers that user with what it confirmed. */
export async function preSignUp(
  { triggers }: Pick<Cognito, 'triggers'>,
  pool: Pool,
  user: User,
  source: 'PreSignUp_SignUp' | 'PreSignUp_AdminCreateUser',
  { clientId, clientMetadata, validationData }: SignUpContext,
): Promise<User> {
  const functionArn = pool.settings.LambdaConfig?.PreSignUp;
  if (!functionArn) return user;
  const response = await triggers.run({
    name: 'PreSignUp',
    functionArn,
    version: '1',
    source,
    pool,
    user,
    ...(clientId && { clientId }),
    ...(clientMetadata && { clientMetadata }),
    request: { validationData: validationData ?? null },
    response: { autoConfirmUser: false, autoVerifyEmail: false, autoVerifyPhone: false },
  });
  if (source === 'PreSignUp_AdminCreateUser') return user;
  const verified = {
    ...(response['autoVerifyEmail'] === true && user.attributes['email'] && { email_verified: 'true' }),
    ...(response['autoVerifyPhone'] === true && user.attributes['phone_number'] && { phone_number_verified: 'true' }),
  };
  return {
    ...user,
    attributes: { ...user.attributes, ...verified },
    status: response['autoConfirmUser'] === true ? 'CONFIRMED' : user.status,
  };
}
