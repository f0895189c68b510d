import * as aws from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, it } from 'vitest';
import { attacker, ada, eve, password, wrong } from '../testing/attacker.ts';
import { srpClient } from '../testing/srp-client.ts';
import { useCognito } from '../testing/use-cognito.ts';

const place = useCognito();
const { givenInvited, givenUser, initiate, respond, newPassword, firstSession, srp } = attacker(place);

describe('sessions', () => {
  it('are refused if made up, of another user, of another client, replayed, or late', async () => {
    await givenInvited(ada);
    await givenInvited(eve);
    await expect(newPassword(ada, 'made-up-session-made-up-session')).rejects.toThrow('Invalid session for the user.');
    await expect(newPassword(ada, await firstSession(eve))).rejects.toThrow('Invalid session for the user.');

    const session = await firstSession(ada);
    const other = await place.cognito.sdk.send(
      new aws.CreateUserPoolClientCommand({ UserPoolId: place.poolId, ClientName: 'other' }),
    );
    await expect(newPassword(ada, session, other.UserPoolClient?.ClientId)).rejects.toThrow(
      'Invalid session for the user.',
    );
    await expect(
      respond('SOFTWARE_TOKEN_MFA', { USERNAME: ada, SOFTWARE_TOKEN_MFA_CODE: '123456' }, session),
    ).rejects.toThrow('Invalid session for the user.');

    expect((await newPassword(ada, session)).AuthenticationResult?.AccessToken).toBeDefined();
    await expect(newPassword(ada, session)).rejects.toThrow(/session can only be used once/);

    const late = await firstSession(eve);
    place.cognito.advance(181_000);
    await expect(newPassword(eve, late)).rejects.toThrow(/session is expired/);
  });

  it('do not outlive the password that was shown', async () => {
    await givenInvited(ada);
    const session = await firstSession(ada);
    await place.cognito.sdk.send(
      new aws.AdminSetUserPasswordCommand({ UserPoolId: place.poolId, Username: ada, Password: 'Temporary-2' }),
    );
    await expect(newPassword(ada, session)).rejects.toThrow('Invalid session for the user.');
  });

  it('do not outlive the right to sign in', async () => {
    await givenInvited(ada);
    const session = await firstSession(ada);
    await place.cognito.sdk.send(new aws.AdminDisableUserCommand({ UserPoolId: place.poolId, Username: ada }));
    await expect(newPassword(ada, session)).rejects.toThrow('User is disabled.');
  });

  it('let a weak password be mended', async () => {
    await givenInvited(ada);
    const session = await firstSession(ada);
    await expect(
      respond('NEW_PASSWORD_REQUIRED', { USERNAME: ada, NEW_PASSWORD: 'weak' }, session),
    ).rejects.toMatchObject({
      name: 'InvalidPasswordException',
    });
    expect((await newPassword(ada, session)).AuthenticationResult).toBeDefined();
  });

  it('let nobody write what the client may not', async () => {
    await givenInvited(ada);
    const responses = { USERNAME: ada, NEW_PASSWORD: password, 'userAttributes.custom:role': 'TenantAdmin' };
    await expect(respond('NEW_PASSWORD_REQUIRED', responses, await firstSession(ada))).rejects.toThrow(
      'A client attempted to write unauthorized attribute',
    );
  });
});

describe('SRP', () => {
  it('takes one answer to one challenge, for its own user and client only', async () => {
    await givenUser(ada);
    await givenUser(eve);
    const { answer } = await srp(ada, password);
    await expect(respond('PASSWORD_VERIFIER', { ...answer, USERNAME: eve })).rejects.toThrow(wrong);
    await expect(respond('PASSWORD_VERIFIER', answer)).rejects.toThrow(/session can only be used once/);
    const again = await srp(ada, password);
    expect((await respond('PASSWORD_VERIFIER', again.answer)).AuthenticationResult?.AccessToken).toBeDefined();
    await expect(respond('PASSWORD_VERIFIER', again.answer)).rejects.toThrow(/session can only be used once/);

    const block = Buffer.alloc(900, 7).toString('base64');
    await expect(respond('PASSWORD_VERIFIER', { ...answer, PASSWORD_CLAIM_SECRET_BLOCK: block })).rejects.toThrow(
      wrong,
    );
  });

  it('refuses an exchange that another client began, that came late, or that began with another password', async () => {
    await givenUser(ada);
    const other = await place.cognito.sdk.send(
      new aws.CreateUserPoolClientCommand({ UserPoolId: place.poolId, ClientName: 'other' }),
    );
    const begun = await srp(ada, password);
    await expect(respond('PASSWORD_VERIFIER', begun.answer, undefined, other.UserPoolClient?.ClientId)).rejects.toThrow(
      wrong,
    );
    place.cognito.advance(181_000);
    await expect(respond('PASSWORD_VERIFIER', begun.answer)).rejects.toThrow(wrong);

    const before = await srp(ada, password);
    await place.cognito.sdk.send(
      new aws.AdminSetUserPasswordCommand({
        UserPoolId: place.poolId,
        Username: ada,
        Password: 'Another-Horse-2',
        Permanent: true,
      }),
    );
    await expect(respond('PASSWORD_VERIFIER', before.answer)).rejects.toThrow(wrong);
  });

  it('refuses public values that would give the secret away', async () => {
    await givenUser(ada);
    const modulus = srpClient(0n);
    expect(modulus.publicValue).toBe('1');
    for (const SRP_A of ['0', '1', 'x', 'f'.repeat(768)]) {
      await expect(initiate('USER_SRP_AUTH', { USERNAME: ada, SRP_A })).rejects.toMatchObject({
        name: 'InvalidParameterException',
      });
    }
  });

  it('shows an unknown user nothing that a known one is not shown', async () => {
    await givenUser(ada);
    const [known, unknown, again] = [
      await srp(ada, 'Wrong-1'),
      await srp('no@example.com', 'Wrong-1'),
      await srp('NO@example.com', 'Wrong-1'),
    ];
    expect(Object.keys(unknown.parameters).sort()).toEqual(Object.keys(known.parameters).sort());
    expect(unknown.parameters['SALT']).toHaveLength(known.parameters['SALT']?.length ?? 0);
    expect(unknown.parameters['USERNAME']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-/);
    expect(again.parameters['SALT']).toBe(unknown.parameters['SALT']);
    expect(again.parameters['USERNAME']).toBe(unknown.parameters['USERNAME']);
    await expect(respond('PASSWORD_VERIFIER', known.answer)).rejects.toThrow(wrong);
    await expect(respond('PASSWORD_VERIFIER', unknown.answer)).rejects.toThrow(wrong);
  });
});
