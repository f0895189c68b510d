import type { TenantFieldsFragment } from '../../../../generated/documents/admin/graphql.ts';
import type { AppConfig } from '../../../ui/config.ts';

export interface CommandLine {
  readonly name: string;
  readonly line: string;
}

/** A text as one word of a POSIX shell. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

/** Puts an access token into TOKEN. The password is asked for, so that it comes into no history of the shell. */
export function signInLine({ region, controlPlane }: AppConfig, email: string): string {
  const { userPoolClientId, userPoolEndpoint } = controlPlane;
  const endpoint = userPoolEndpoint ? `--endpoint-url ${quoted(userPoolEndpoint)} ` : '';
  return (
    `read -rs PASSWORD; TOKEN=$(aws cognito-idp initiate-auth --no-sign-request --region ${region} ${endpoint}` +
    `--client-id ${userPoolClientId} --auth-flow USER_PASSWORD_AUTH ` +
    `--auth-parameters USERNAME=${quoted(email)},PASSWORD="$PASSWORD" ` +
    `--query AuthenticationResult.AccessToken --output text)`
  );
}

/** A mutation by curl, with the token of `signInLine`. `answer` is what is selected of the payload. */
export function mutationLine(url: string, field: string, input: object, answer = 'tenant { id status }'): string {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const query = `mutation($input: ${type}!) { ${field}(input: $input) { ${answer} userErrors { code message } } }`;
  const body = JSON.stringify({ query, variables: { input } });
  return `curl -s ${quoted(url)} -H "authorization: $TOKEN" -H 'content-type: application/json' -d ${quoted(body)}`;
}

/** Each action of a tenant's page as a line; those whose values a person chooses have the present ones. */
export function actionLines(url: string, tenant: TenantFieldsFragment): CommandLine[] {
  const { id: tenantId, limits, tier, slug } = tenant;
  const { requestsPerSecond, burst, requestsPerDay, requestsPerMonth } = limits;
  const own = { requestsPerSecond, burst, requestsPerDay, requestsPerMonth };
  const line = (name: string, field: string, input: object, answer?: string): CommandLine => ({
    name,
    line: mutationLine(url, field, { tenantId, ...input }, answer),
  });
  return [
    line('Suspend', 'suspendTenant', { reason: '' }),
    line('Activate', 'activateTenant', {}),
    line('Set limits', 'setTenantLimits', { limits: own }),
    line('Change tier', 'setTenantTier', { tier }),
    line('Offboard', 'offboardTenant', { confirmSlug: slug, retentionDays: 30 }),
    line('Cancel offboarding', 'cancelOffboarding', {}),
    line('Confirm move', 'confirmMove', {}),
    line('Revert move', 'revertMove', {}),
    line('Retry', 'retryProvisioning', {}, 'run { id }'),
    line('Disable all users', 'disableTenantUsers', {}, 'count'),
    line('Enable all users', 'enableTenantUsers', {}, 'count'),
  ];
}
