import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { RegisterTenantInput } from '../../generated/control-plane.ts';
import {
  RegisterTenantDocument,
  type RegisterTenantMutation,
  RegistrationDocument,
  type RegistrationQuery,
} from '../../generated/documents/control-plane/graphql.ts';
import type { Outputs } from '../../infra/start/outputs.ts';
import { send } from './graphql.ts';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly sentAt: string;
}

export interface Person {
  readonly email: string;
  readonly password: string;
  /** The headers of a request of theirs. */
  readonly headers: { readonly authorization: string };
  readonly accessToken: string;
}

export interface Company {
  readonly tenantId: string;
  readonly slug: string;
  readonly admin: Person;
}

let count = 0;

/** A registration's input that nothing else uses; any part of it can be given. */
export function aRegistration(given: Partial<RegisterTenantInput> = {}): RegisterTenantInput {
  count += 1;
  const name = `co${process.pid}x${count}`;
  return {
    clientToken: randomUUID(),
    companyName: `Company ${name}`,
    slug: name,
    adminEmail: `admin@${name}.example`,
    adminName: 'Ada Admin',
    tier: 'BASIC',
    ...given,
  };
}

export function publicHeaders(outputs: Outputs): { readonly 'x-api-key': string } {
  return { 'x-api-key': outputs.controlPlane.apiKey };
}

export async function register(
  outputs: Outputs,
  input: RegisterTenantInput,
): Promise<RegisterTenantMutation['registerTenant']> {
  const { graphqlUrl } = outputs.controlPlane;
  return (await send(graphqlUrl, publicHeaders(outputs), RegisterTenantDocument, { input })).registerTenant;
}

export type Onboarding = NonNullable<RegistrationQuery['registration']>;

/** Waits till an onboarding has ended and answers it. */
export async function untilOnboarded(outputs: Outputs, id: string, longest = 20_000): Promise<Onboarding> {
  const end = Date.now() + longest;
  for (;;) {
    const { graphqlUrl } = outputs.controlPlane;
    const { registration } = await send(graphqlUrl, publicHeaders(outputs), RegistrationDocument, { id });
    if (registration?.status === 'ACTIVE' || registration?.status === 'FAILED') return registration;
    if (Date.now() > end)
      throw new Error(`Registration ${id} is ${registration?.status ?? 'unknown'} after ${longest} ms`);
    await sleep(25);
  }
}

export async function mailsTo(outputs: Outputs, address: string): Promise<Mail[]> {
  const response = await fetch(`${outputs.inboxUrl}?to=${encodeURIComponent(address)}`);
  return (await response.json()) as Mail[];
}

/** The temporary password of the newest invitation. */
export async function temporaryPassword(outputs: Outputs, address: string): Promise<string> {
  const [mail] = await mailsTo(outputs, address);
  const password = /temporary password (\S+)/.exec(mail?.text ?? '')?.[1];
  if (password === undefined) throw new Error(`No invitation to ${address} in the inbox`);
  return password;
}

/** Signs in with the password flow, choosing `password` when Cognito asks for a new one. */
export async function signIn(
  outputs: Outputs,
  clientId: string,
  email: string,
  password: string,
  newPassword = password,
): Promise<Person> {
  const cognito = new CognitoIdentityProviderClient({ endpoint: outputs.endpoint, region: outputs.region });
  const parameters = { USERNAME: email, PASSWORD: password };
  const first = await cognito.send(
    new InitiateAuthCommand({ ClientId: clientId, AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: parameters }),
  );
  const last =
    first.ChallengeName === 'NEW_PASSWORD_REQUIRED'
      ? await cognito.send(
          new RespondToAuthChallengeCommand({
            ClientId: clientId,
            ChallengeName: first.ChallengeName,
            Session: first.Session,
            ChallengeResponses: {
              USERNAME: first.ChallengeParameters?.['USER_ID_FOR_SRP'] ?? email,
              NEW_PASSWORD: newPassword,
            },
          }),
        )
      : first;
  const accessToken = last.AuthenticationResult?.AccessToken;
  if (accessToken === undefined) throw new Error(`No token for ${email}: ${last.ChallengeName ?? 'no challenge'}`);
  return { email, password: newPassword, accessToken, headers: { authorization: accessToken } };
}

export const chosenPassword = 'Correct-horse-7-staple';

/** A company that has signed up, and its administrator signed in with a password of their own. */
export async function aCompany(outputs: Outputs, given: Partial<RegisterTenantInput> = {}): Promise<Company> {
  const input = aRegistration(given);
  const { registration, userErrors } = await register(outputs, input);
  if (!registration) throw new Error(`Not registered: ${JSON.stringify(userErrors)}`);
  const onboarded = await untilOnboarded(outputs, registration.id);
  if (onboarded.status !== 'ACTIVE')
    throw new Error(`Onboarding ended ${onboarded.status}: ${onboarded.failure ?? ''}`);
  const temporary = await temporaryPassword(outputs, input.adminEmail);
  const admin = await signIn(outputs, outputs.pooled.userPoolClientId, input.adminEmail, temporary, chosenPassword);
  return { tenantId: onboarded.tenantId, slug: input.slug, admin };
}

export async function anOperator(outputs: Outputs): Promise<Person> {
  const { email, password } = outputs.operator;
  return await signIn(outputs, outputs.controlPlane.userPoolClientId, email, password);
}
