import * as aws from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, it } from 'vitest';
import { ada as email, password, givenUserOf } from './testing/given-user.ts';
import { givenPool } from './testing/start-cognito.ts';
import { claimsOf, signIn } from './testing/tokens.ts';
import { useCognito } from './testing/use-cognito.ts';

const place = useCognito();
const givenUser = givenUserOf(place);

describe('pools, clients and groups', () => {
  it('describes what was created, with ids as AWS shapes them', async () => {
    expect(place.poolId).toMatch(/^us-east-1_[0-9A-Za-z]{9}$/);
    expect(place.clientId).toMatch(/^[0-9a-z]{26}$/);
    const { UserPool } = await place.cognito.sdk.send(new aws.DescribeUserPoolCommand({ UserPoolId: place.poolId }));
    expect(UserPool).toMatchObject({
      Name: 'shop',
      Arn: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${place.poolId}`,
    });
    expect(UserPool?.CreationDate).toBeInstanceOf(Date);
    expect(UserPool?.SchemaAttributes).toContainEqual(
      expect.objectContaining({
        Name: 'custom:tenantId',
        Mutable: false,
        StringAttributeConstraints: { MinLength: '1', MaxLength: '40' },
      }),
    );
    const { UserPoolClients } = await place.cognito.sdk.send(
      new aws.ListUserPoolClientsCommand({ UserPoolId: place.poolId }),
    );
    expect(UserPoolClients).toEqual([{ ClientId: place.clientId, UserPoolId: place.poolId, ClientName: 'app' }]);
  });

  it('refuses what it does not support by name', async () => {
    const command = new aws.CreateUserPoolCommand({
      PoolName: 'x',
      LambdaConfig: { UserMigration: 'arn:aws:lambda:us-east-1:0:function:f' },
    });
    await expect(place.cognito.sdk.send(command)).rejects.toThrow(/UserMigration/);
  });

  it('keeps a protected pool, and takes all along with an unprotected one', async () => {
    const guarded = await givenPool(place.cognito, { DeletionProtection: 'ACTIVE' });
    await expect(place.cognito.sdk.send(new aws.DeleteUserPoolCommand({ UserPoolId: guarded.poolId }))).rejects.toThrow(
      /deletion protection/,
    );
    const lifted = { UserPoolId: guarded.poolId, DeletionProtection: 'INACTIVE' as const };
    await place.cognito.sdk.send(new aws.UpdateUserPoolCommand(lifted));
    await place.cognito.sdk.send(new aws.DeleteUserPoolCommand({ UserPoolId: guarded.poolId }));
    await givenUser();
    await place.cognito.sdk.send(new aws.DeleteUserPoolCommand({ UserPoolId: place.poolId }));
    await expect(
      place.cognito.sdk.send(new aws.DescribeUserPoolCommand({ UserPoolId: place.poolId })),
    ).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: `User pool ${place.poolId} does not exist.`,
    });
    expect(place.cognito.state.collection<{ poolId: string }>('cognito/users').size).toBe(
      [...place.cognito.state.collection<{ poolId: string }>('cognito/users').values()].filter(
        (user) => user.poolId !== place.poolId,
      ).length,
    );
  });

  it('puts groups into both tokens, the lowest precedence first', async () => {
    const sub = await givenUser();
    for (const [GroupName, Precedence] of [
      ['staff', 5],
      ['admins', 1],
    ] as const) {
      await place.cognito.sdk.send(new aws.CreateGroupCommand({ UserPoolId: place.poolId, GroupName, Precedence }));
      await place.cognito.sdk.send(
        new aws.AdminAddUserToGroupCommand({ UserPoolId: place.poolId, Username: sub, GroupName }),
      );
    }
    const tokens = await signIn(place.cognito, place.clientId, email, password);
    expect(claimsOf(tokens.AccessToken)['cognito:groups']).toEqual(['admins', 'staff']);
    expect(claimsOf(tokens.IdToken)['cognito:groups']).toEqual(['admins', 'staff']);

    await place.cognito.sdk.send(new aws.DeleteGroupCommand({ UserPoolId: place.poolId, GroupName: 'admins' }));
    const { Groups } = await place.cognito.sdk.send(
      new aws.AdminListGroupsForUserCommand({ UserPoolId: place.poolId, Username: sub }),
    );
    expect(Groups?.map(({ GroupName }) => GroupName)).toEqual(['staff']);
    const { Users } = await place.cognito.sdk.send(
      new aws.ListUsersInGroupCommand({ UserPoolId: place.poolId, GroupName: 'staff' }),
    );
    expect(Users?.map(({ Username }) => Username)).toEqual([sub]);
  });
});

describe('users made by administrators', () => {
  it('mails an invitation with a temporary password, from the template of the pool', async () => {
    Object.assign(
      place,
      await givenPool(place.cognito, {
        AdminCreateUserConfig: {
          AllowAdminCreateUserOnly: true,
          InviteMessageTemplate: { EmailSubject: 'Welcome {username}', EmailMessage: 'Hello {username}: {####}' },
        },
      }),
    );
    const { User } = await place.cognito.sdk.send(
      new aws.AdminCreateUserCommand({ UserPoolId: place.poolId, Username: email }),
    );
    expect(User).toMatchObject({ UserStatus: 'FORCE_CHANGE_PASSWORD', Enabled: true });
    expect(User?.Username).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4/);
    expect(place.cognito.mails[0]).toMatchObject({
      to: email,
      subject: `Welcome ${email}`,
      from: 'no-reply@verificationemail.com',
    });
    const first = place.cognito.mails[0]?.text.replace(`Hello ${email}: `, '') ?? '';

    await place.cognito.sdk.send(
      new aws.AdminCreateUserCommand({ UserPoolId: place.poolId, Username: email, MessageAction: 'RESEND' }),
    );
    const second = place.cognito.mails[0]?.text.replace(`Hello ${email}: `, '') ?? '';
    expect(second).not.toBe(first);
    await expect(signIn(place.cognito, place.clientId, email, first)).rejects.toThrow(
      'Incorrect username or password.',
    );
    await expect(signIn(place.cognito, place.clientId, email, second)).rejects.toThrow(
      'Expected tokens, got NEW_PASSWORD_REQUIRED',
    );
  });

  it('knows one e-mail address once, whatever its case', async () => {
    await givenUser();
    const again = new aws.AdminCreateUserCommand({
      UserPoolId: place.poolId,
      Username: 'ADA@example.com',
      MessageAction: 'SUPPRESS',
    });
    await expect(place.cognito.sdk.send(again)).rejects.toMatchObject({
      name: 'UsernameExistsException',
      message: 'An account with the given email already exists.',
    });
    const noEmail = new aws.AdminCreateUserCommand({
      UserPoolId: place.poolId,
      Username: 'ada',
      MessageAction: 'SUPPRESS',
    });
    await expect(place.cognito.sdk.send(noEmail)).rejects.toThrow('Username should be an email.');

    const other = await givenUser('bob@example.com');
    const take = new aws.AdminUpdateUserAttributesCommand({
      UserPoolId: place.poolId,
      Username: other,
      UserAttributes: [{ Name: 'email', Value: email }],
    });
    await expect(place.cognito.sdk.send(take)).rejects.toMatchObject({ name: 'AliasExistsException' });
  });

  it('holds to the schema', async () => {
    const update = async (Name: string, Value: string) =>
      place.cognito.sdk.send(
        new aws.AdminUpdateUserAttributesCommand({
          UserPoolId: place.poolId,
          Username: email,
          UserAttributes: [{ Name, Value }],
        }),
      );
    await givenUser(email, [{ Name: 'custom:tenantId', Value: 't1' }]);
    await expect(update('custom:tenantId', 't2')).rejects.toThrow(/custom:tenantId: Attribute cannot be updated/);
    await expect(update('custom:unknown', 'x')).rejects.toThrow(/could not be determined/);
    await expect(update('sub', 'x')).rejects.toThrow(/non-mutable attribute sub/);
    await expect(update('email', 'no address')).rejects.toThrow(/Invalid email address format/);
    await update('custom:role', 'TenantAdmin');
    const user = await place.cognito.sdk.send(
      new aws.AdminGetUserCommand({ UserPoolId: place.poolId, Username: email }),
    );
    expect(user.UserAttributes).toContainEqual({ Name: 'custom:role', Value: 'TenantAdmin' });
  });

  it('says in AWS words what a password lacks', async () => {
    await givenUser();
    const set = (Password: string) =>
      place.cognito.sdk.send(
        new aws.AdminSetUserPasswordCommand({ UserPoolId: place.poolId, Username: email, Password, Permanent: true }),
      );
    const words = 'Password did not conform with policy: Password';
    await expect(set('aB1!')).rejects.toThrow(`${words} not long enough`);
    await expect(set('lower-case-1')).rejects.toThrow(`${words} must have uppercase characters`);
    await expect(set('UPPER-CASE-1')).rejects.toThrow(`${words} must have lowercase characters`);
    await expect(set('No-Number-')).rejects.toThrow(`${words} must have numeric characters`);
    await expect(set('NoSymbols1')).rejects.toThrow(`${words} must have symbol characters`);
  });

  it('finds users by filter and walks through all in pages', async () => {
    const names = Array.from({ length: 7 }, (_, index) => `user${index}@example.com`);
    for (const name of names) await givenUser(name);
    const list = (Filter?: string, Limit?: number, PaginationToken?: string) =>
      place.cognito.sdk.send(new aws.ListUsersCommand({ UserPoolId: place.poolId, Filter, Limit, PaginationToken }));
    const emails = (users: aws.UserType[] = []) =>
      users.map((user) => user.Attributes?.find(({ Name }) => Name === 'email')?.Value);

    expect(emails((await list('email = "USER3@example.com"')).Users)).toEqual(['user3@example.com']);
    expect((await list('"email" ^= "user"')).Users).toHaveLength(7);
    const sub = (await list('email = "user1@example.com"')).Users?.[0]?.Username;
    expect(emails((await list(`sub = "${sub}"`)).Users)).toEqual(['user1@example.com']);
    expect((await list('cognito:user_status = "CONFIRMED"')).Users).toHaveLength(7);
    expect((await list('status = "Disabled"')).Users).toHaveLength(0);
    await expect(list('custom:role = "x"')).rejects.toMatchObject({ name: 'InvalidParameterException' });

    const seen = [];
    let token: string | undefined;
    do {
      const page: aws.ListUsersCommandOutput = await list(undefined, 3, token);
      seen.push(...emails(page.Users));
      token = page.PaginationToken;
    } while (token);
    expect(seen).toEqual(names);
    const first = await list('email ^= "user"', 2);
    await expect(list(undefined, 2, first.PaginationToken)).rejects.toThrow(/pagination token/);
  });
});
