import { AdminCreateUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { gateItem } from '../../schema/gate.ts';
import type { Clients } from './clients.ts';
import { acceptInvitation, password, signInMember } from './sign-in.ts';
import { tableNames } from './stores.ts';
import type { Place, Subject } from './subjects.ts';
import { givenTrade } from './trade.ts';

/** As alike as ids can be: a prefix of another, the separator of shards within, another case, a look-alike letter, a wildcard. */
const ids = ['t1', 't10', 't1#0', 'T1', 'ｔ1', 't1*', 't1/../t10', 't1 '];

/**
 * Tenants of the pool with ids of our choice. Registration gives ULIDs, so these are written into the registry, as
 * onboarding would write them.
 */
export async function givenLookAlikes(clients: Clients, place: Place): Promise<Subject[]> {
  const names = await tableNames(clients);
  const table = (part: string): string => {
    const name = names.find((candidate) => candidate.includes(`control-plane-${part}`));
    if (name === undefined) throw new Error(`No table ${part} among ${names.join(', ')}`);
    return name;
  };
  const run = Date.now().toString(36);
  const subjects: Subject[] = [];
  for (const [index, suffix] of ids.entries()) {
    const tenantId = `${run}${suffix}`;
    const marker = `zl${run}x${index}`;
    const email = `${marker}@proof.example`;
    const { User: user } = await clients.cognito.send(
      new AdminCreateUserCommand({
        UserPoolId: place.userPoolId,
        Username: email,
        MessageAction: 'SUPPRESS',
        UserAttributes: [
          { Name: 'email', Value: email },
          { Name: 'email_verified', Value: 'true' },
        ],
      }),
    );
    const sub = user?.Attributes?.find(({ Name }) => Name === 'sub')?.Value ?? '';
    const now = new Date().toISOString();
    const put = (part: string, Item: object) =>
      clients.documents.send(new PutCommand({ TableName: table(part), Item: { ...Item } }));
    await put('Tenants', {
      tenantId,
      name: marker,
      slug: marker,
      tier: 'BASIC',
      status: 'ACTIVE',
      deployment: 'POOLED',
      stack: 'pooled',
      currency: 'USD',
      shardCount: 1,
      version: 1,
      createdAt: now,
      updatedAt: now,
      limits: {},
    });
    const common = { role: 'TENANT_ADMIN', status: 'ACTIVE', createdAt: now, updatedAt: now };
    await put('TenantUsers', { tenantId, userId: sub, sub, email, name: marker, ...common });
    await put(
      'Gates',
      gateItem(
        tenantId,
        { requestsPerSecond: 1000, burst: 1000, requestsPerDay: 1e6, requestsPerMonth: 1e6 },
        'pooled',
      ),
    );
    await acceptInvitation(clients, place.userPoolId, email);
    const member = await signInMember({
      email,
      label: `tenant ${JSON.stringify(suffix)}`,
      password,
      clientId: place.userPoolClientId,
      endpoint: place.userPoolEndpoint ?? undefined,
      region: place.region,
    });
    const trade = await givenTrade({ url: place.graphqlUrl, headers: { authorization: member.accessToken } }, marker);
    subjects.push({
      tenantId,
      slug: marker,
      tier: 'BASIC',
      place,
      members: { TENANT_ADMIN: member, TENANT_USER: member },
      marker,
      ...trade,
      secrets: [marker, ...Object.values(trade.ids)],
    });
  }
  return subjects;
}
