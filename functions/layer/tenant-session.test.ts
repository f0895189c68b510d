import type { AssumeRoleCommand, AssumeRoleCommandInput } from '@aws-sdk/client-sts';
import { beforeEach, expect, test } from 'vitest';
import { NoCredentialsError, tenantSessions } from './tenant-session.ts';

const pool = 'arn:aws:iam::000000000000:role/cotenant/tenant-data/pool';
const silo = 'arn:aws:iam::000000000000:role/cotenant/tenant-data/silo';

let asked: AssumeRoleCommandInput[];
let now: number;
let issues: boolean;
beforeEach(() => {
  asked = [];
  now = Date.UTC(2026, 10, 23, 12);
  issues = true;
});

/** STS that issues credentials named after what it was asked for. */
const open = () =>
  tenantSessions({
    sts: {
      send: (async ({ input }: AssumeRoleCommand) => {
        asked.push(input);
        const name = `${input.RoleArn} ${input.Tags?.map(({ Value }) => Value).join()} ${asked.length}`;
        return {
          $metadata: {},
          ...(issues && {
            Credentials: { AccessKeyId: name, SecretAccessKey: 's', SessionToken: 't', Expiration: new Date() },
          }),
        };
      }) as never,
    },
    clock: () => new Date(now),
  });

test('a session is tagged with its tenant, also for the sessions that it asks for', async () => {
  await open()(pool, 'T1');
  expect(asked).toEqual([
    {
      RoleArn: pool,
      RoleSessionName: 'tenant-T1',
      DurationSeconds: 900,
      Tags: [{ Key: 'TenantId', Value: 'T1' }],
      TransitiveTagKeys: ['TenantId'],
    },
  ]);
});

test('tenants and roles have sessions of their own, each used again until shortly before its end', async () => {
  const session = open();
  const key = async (role: string, tenantId: string) =>
    (await (await session(role, tenantId)).config.credentials()).accessKeyId;
  expect(await key(pool, 'T1')).toBe(`${pool} T1 1`);
  expect(await key(pool, 'T10')).toBe(`${pool} T10 2`);
  expect(await key(silo, 'T1')).toBe(`${silo} T1 3`);
  now += 599_000;
  expect(await key(pool, 'T1')).toBe(`${pool} T1 1`);
  now += 1000;
  expect(await key(pool, 'T1')).toBe(`${pool} T1 4`);
});

test('without credentials there is no session, and the next call asks again', async () => {
  const session = open();
  issues = false;
  await expect(session(pool, 'T1')).rejects.toThrow(NoCredentialsError);
  issues = true;
  await session(pool, 'T1');
  expect(asked).toHaveLength(2);
});
