import { CognitoIdentityProviderClient, InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider';
import { beforeAll, describe, expect, test } from 'vitest';
import { aCompany, anOperator, type Company, type Person, signIn } from '../support/given.ts';
import { graphql } from '../support/graphql.ts';
import { errorsOf, mutate } from '../support/mutate.ts';
import { aColleague } from '../support/people.ts';
import { readJwt } from '../support/tokens.ts';
import { leavesNoTrace, type Scene } from './scene.ts';

/** People whose token is still good, and who are not. */
export function standingAttacks(scene: () => Scene): void {
  let operator: Person;
  let company: Company;
  beforeAll(async () => {
    operator = await anOperator(scene().cotenant.outputs);
    company = await aCompany(scene().cotenant.outputs);
  }, 60_000);

  const me = ({ headers }: Pick<Person, 'headers'>) =>
    graphql(scene().cotenant.outputs.pooled.graphqlUrl, headers, '{ me { email } }');
  const operate = (field: string, input: object, selection: string) =>
    mutate(
      { url: scene().cotenant.outputs.controlPlane.graphqlUrl, headers: operator.headers },
      field,
      input,
      selection,
    );
  const signInAgain = ({ email, password }: Person) => {
    const { outputs } = scene().cotenant;
    return signIn(outputs, outputs.pooled.userPoolClientId, email, password);
  };
  const tokensOf = async ({ email, password }: Person) => {
    const { endpoint, region, pooled } = scene().cotenant.outputs;
    const cognito = new CognitoIdentityProviderClient({ endpoint, region });
    const parameters = { USERNAME: email, PASSWORD: password };
    const { AuthenticationResult: tokens } = await cognito.send(
      new InitiateAuthCommand({
        ClientId: pooled.userPoolClientId,
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: parameters,
      }),
    );
    const refresh = () =>
      cognito.send(
        new InitiateAuthCommand({
          ClientId: pooled.userPoolClientId,
          AuthFlow: 'REFRESH_TOKEN_AUTH',
          AuthParameters: { REFRESH_TOKEN: tokens?.RefreshToken ?? '' },
        }),
      );
    return { refresh };
  };

  describe('a suspended tenant', () => {
    test('is refused from the next request on, gets no new token, and is back once it is activated', async () => {
      const { admin, tenantId } = company;
      const { refresh } = await tokensOf(admin);
      expect((await me(admin)).errors).toEqual([]);
      const unknown = await signInAgain(admin);
      expect(errorsOf(await operate('suspendTenant', { tenantId, reason: 'unpaid' }, 'tenant { status }'))).toEqual([]);
      for (const text of [
        '{ me { email } }',
        '{ products { edges { cursor } } }',
        'mutation { createProduct(input: {sku: "S", name: "N", price: 1, stock: 1}) { product { id } } }',
      ]) {
        const answer = await graphql(scene().cotenant.outputs.pooled.graphqlUrl, admin.headers, text);
        expect(answer.errors).toMatchObject([{ errorType: 'TenantSuspended' }]);
        expect(Object.values(answer.data ?? {}).filter((value) => value !== null)).toEqual([]);
      }
      // A token of which AppSync has no answer from before: the authorizer lets it in nowhere, and says no cause.
      expect(await me(unknown)).toMatchObject({
        status: 401,
        data: null,
        errors: [{ errorType: 'UnauthorizedException' }],
      });
      await expect(signInAgain(admin)).rejects.toThrow(/This workspace is suspended/);
      await expect(refresh()).rejects.toThrow(/This workspace is suspended/);

      await leavesNoTrace(scene(), async () => {
        const again = await operate('suspendTenant', { tenantId }, 'tenant { status }');
        expect(again).toMatchObject({ tenant: { status: 'SUSPENDED' }, userErrors: [] });
      });
      expect(errorsOf(await operate('activateTenant', { tenantId }, 'tenant { status }'))).toEqual([]);
      expect((await me(admin)).data).toEqual({ me: { email: admin.email } });
      await expect(signInAgain(admin)).resolves.toBeDefined();
      await expect(refresh()).resolves.toBeDefined();
    });

    test('does not take others along', async () => {
      await operate('suspendTenant', { tenantId: company.tenantId }, 'tenant { status }');
      expect((await me(scene().companies.alice.admin)).errors).toEqual([]);
      await operate('activateTenant', { tenantId: company.tenantId }, 'tenant { status }');
    });

    test.each(['none', '', 'SLUG#acme', 'a\u0000b', 'x'.repeat(5000)])('that is not there: %j', async (tenantId) => {
      for (const field of ['suspendTenant', 'activateTenant']) {
        expect(errorsOf(await operate(field, { tenantId }, 'tenant { id }'))).toEqual(['NOT_FOUND tenantId']);
      }
    });
  });

  describe('a disabled user', () => {
    test.each([
      ['by the company’s administrator', 'application'],
      ['by an operator', 'control'],
    ])('%s is refused from the next request on, and cannot sign in', async (_, plane) => {
      const colleague = await aColleague(scene().cotenant.outputs, company, 'TENANT_USER');
      const id = String(readJwt(colleague.accessToken).payload['sub']);
      const { refresh } = await tokensOf(colleague);
      const target = { url: scene().cotenant.outputs.pooled.graphqlUrl, headers: company.admin.headers };
      const set = (verb: 'disable' | 'enable') =>
        plane === 'control'
          ? operate(`${verb}TenantUser`, { tenantId: company.tenantId, id }, 'user { status }')
          : mutate(target, `${verb}User`, { id }, 'user { status }');
      expect((await me(colleague)).errors).toEqual([]);

      expect(await set('disable')).toMatchObject({ user: { status: 'DISABLED' }, userErrors: [] });
      const answer = await me(colleague);
      expect([answer.data?.['me'] ?? null, answer.errors[0]?.errorType]).toEqual([null, 'Unauthorized']);
      await expect(signInAgain(colleague)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
      await expect(refresh()).rejects.toMatchObject({ name: 'NotAuthorizedException' });
      expect((await me(company.admin)).errors).toEqual([]);

      expect(await set('enable')).toMatchObject({ user: { status: 'ACTIVE' }, userErrors: [] });
      expect((await me(await signInAgain(colleague))).data).toEqual({ me: { email: colleague.email } });
    });
  });
}
