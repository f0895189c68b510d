import {
  AdminInitiateAuthCommand,
  CreateUserPoolClientCommand,
  DeleteUserPoolClientCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { TenantRole } from '../../../generated/application.ts';
import type { Attack, AttackGroup } from '../attack.ts';
import type { Clients } from '../clients.ts';
import { exchange } from '../exchange.ts';
import { authorized, refusedAtTheDoor } from '../judgements.ts';
import { type Forgery, forgeries, publishedKeys } from '../../support/forgeries.ts';
import { type Member, type Subject, tenantRoles, type World } from '../subjects.ts';

interface Door {
  readonly name: string;
  readonly url: string;
  readonly query: string;
  /** Whose token opens it. */
  readonly member: Member;
  readonly issuer: string;
  readonly userPoolId: string;
}

/** Where a pool publishes its keys: at Cognito's own address, or the local cloud's. */
function issuerOf(endpoint: string | null | undefined, region: string, userPoolId: string): string {
  const base = endpoint ?? `https://cognito-idp.${region}.amazonaws.com/`;
  return `${base}${userPoolId}`;
}

function doorsOf(world: World): Door[] {
  const perUrl = new Map(world.subjects.map((subject) => [subject.place.graphqlUrl, subject]));
  const first = world.subjects[0];
  const region = first?.place.region ?? 'us-east-1';
  return [
    ...[...perUrl.values()].map(({ tier, slug, place, members }) => ({
      name: tier === 'PLATINUM' ? `the silo of ${slug}` : 'the pool',
      url: place.graphqlUrl,
      query: '{ me { id } products { edges { cursor } } }',
      member: members.TENANT_ADMIN,
      userPoolId: place.userPoolId,
      issuer: issuerOf(place.userPoolEndpoint, place.region, place.userPoolId),
    })),
    {
      name: 'the control plane',
      url: world.controlPlane.graphqlUrl,
      query: '{ tenants { edges { cursor } } auditLog { edges { cursor } } }',
      member: world.operators.SYSTEM_ADMIN,
      userPoolId: world.operatorPool.userPoolId,
      issuer: issuerOf(first?.place.userPoolEndpoint, region, world.operatorPool.userPoolId),
    },
  ];
}

/** Tokens that are none, are somebody else's, or are for something else, at every API. */
export function tokenAttacks(world: World, clients: Clients): AttackGroup {
  const doors = doorsOf(world);
  return {
    name: 'tokens',
    claim:
      'Only an access token that the API’s own pool issued to its own client opens it; forged, foreign and other tokens do not.',
    *attacks() {
      for (const door of doors) {
        yield knock(door, 'its own token', { authorization: door.member.accessToken }, authorized);
        for (const [name, forge] of forgeries) yield forged(door, name, forge);
        yield knock(door, 'an id token', { authorization: door.member.idToken });
        yield knock(door, 'a refresh token', { authorization: door.member.refreshToken });
        yield byAnotherClient(door, clients);
        yield knock(door, 'no token', {});
        yield knock(door, 'an empty token', { authorization: '' });
        yield knock(door, 'a token in a cookie', { cookie: `token=${door.member.accessToken}` });
        yield knock(door, 'a token in another header', { 'x-authorization': door.member.accessToken });
        yield knock(door, 'a made-up API key', { 'x-api-key': 'da2-aaaaaaaaaaaaaaaaaaaaaaaaaa' });
        for (const other of doors.filter(({ url }) => url !== door.url)) {
          yield knock(door, `the token of ${other.name}`, { authorization: other.member.accessToken });
        }
      }
      const [pool] = doors;
      for (const subject of world.subjects) {
        if (!pool || subject.place.graphqlUrl !== pool.url) continue;
        for (const header of ['x-tenant-id', 'x-forwarded-for', 'x-amzn-oidc-data', 'tenantid', 'x-api-key']) {
          for (const role of tenantRoles) yield withHeader(subject, role, pool, header, world);
        }
      }
    },
  };
}

function knock(
  { name, url, query }: Door,
  what: string,
  headers: Readonly<Record<string, string>>,
  judge = refusedAtTheDoor,
): Attack {
  return {
    name: `${name}: ${what}`,
    run: async () => [await exchange({ url, as: what, headers, body: { query } })],
    judge,
  };
}

function forged({ name, url, query, member, issuer }: Door, what: string, forge: Forgery): Attack {
  return {
    name: `${name}: forged, ${what}`,
    run: async () => {
      const published = await publishedKeys(issuer);
      const authorization = forge(member.accessToken, published);
      return [await exchange({ url, as: `forged: ${what}`, headers: { authorization }, body: { query } })];
    },
    judge: refusedAtTheDoor,
  };
}

/** A client that somebody added to the pool: its tokens have the right issuer and signature. */
function byAnotherClient({ name, url, query, member, userPoolId }: Door, { cognito }: Clients): Attack {
  return {
    name: `${name}: an access token of another client of its pool`,
    run: async () => {
      const { UserPoolClient: client } = await cognito.send(
        new CreateUserPoolClientCommand({
          UserPoolId: userPoolId,
          ClientName: 'proof',
          ExplicitAuthFlows: ['ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
        }),
      );
      const ClientId = client?.ClientId ?? '';
      try {
        const { AuthenticationResult: result } = await cognito.send(
          new AdminInitiateAuthCommand({
            UserPoolId: userPoolId,
            ClientId,
            AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
            AuthParameters: { USERNAME: member.email, PASSWORD: member.password },
          }),
        );
        if (!result?.AccessToken) throw new Error('No token of the other client');
        return [
          await exchange({
            url,
            as: 'another client',
            headers: { authorization: result.AccessToken },
            body: { query },
          }),
        ];
      } finally {
        await cognito.send(new DeleteUserPoolClientCommand({ UserPoolId: userPoolId, ClientId }));
      }
    },
    judge: refusedAtTheDoor,
  };
}

/** A header that some other system would believe decides nothing here. */
function withHeader(subject: Subject, role: TenantRole, { url }: Door, header: string, { subjects }: World): Attack {
  const member = subject.members[role];
  const victim = subjects.find((other) => other !== subject);
  return {
    name: `the pool: ${member.label} with ${header}`,
    ...(victim && { victim }),
    run: async () => [
      await exchange({
        url,
        as: member.label,
        headers: { authorization: member.accessToken, [header]: victim?.tenantId ?? 'another' },
        body: { query: '{ me { id email } tenant { id slug } products { edges { node { id name } } } }' },
      }),
    ],
    judge: () => [],
  };
}
