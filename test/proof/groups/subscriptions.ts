import { applicationPermissions, controlPlanePermissions, deniedFields } from '../../../schema/permissions.ts';
import { RealtimeClient } from '../../support/realtime.ts';
import type { Attack, AttackGroup } from '../attack.ts';
import { type Field, fieldsOf, operationOf } from '../operations.ts';
import { type Member, tenantRoles, type World } from '../subjects.ts';
import { harmless } from './roles.ts';

type Headers = Readonly<Record<string, string>>;

/** Who connects, and with what each subscription is started. */
interface Listener {
  readonly name: string;
  readonly url: string;
  readonly connectsWith: Headers;
  readonly startsWith: Headers;
}

/** The matrix of roles and subscriptions, tried over WebSockets, and tokens of elsewhere on a connection that was let in. */
export function subscriptionAttacks(world: World): AttackGroup {
  return {
    name: 'subscriptions',
    claim:
      'A subscription starts for whom the table of permissions says, with a token of its own API, and for nobody else.',
    *attacks() {
      yield* ofTenants(world);
      yield* ofOperators(world);
    },
  };
}

const liveFields = (plane: 'application' | 'control-plane'): Field[] =>
  fieldsOf(plane).filter(({ rootType }) => rootType === 'Subscription');

const tokenOf = ({ accessToken }: Member): Headers => ({ authorization: accessToken });

function* ofTenants({ subjects, operators }: World): Iterable<Attack> {
  for (const subject of subjects) {
    const { tier, place, members } = subject;
    for (const role of tenantRoles) {
      const denied = new Set(deniedFields(applicationPermissions, role, tier));
      const own = tokenOf(members[role]);
      for (const field of liveFields('application')) {
        const listener = { name: `${tier} ${role}`, url: place.realtimeUrl, connectsWith: own, startsWith: own };
        yield attempt(listener, field, !denied.has(field.coordinate));
      }
    }
    const elsewhere = subjects.find((other) => other.place.graphqlUrl !== place.graphqlUrl);
    const foreign = [
      ...(elsewhere ? [['another API’s token', tokenOf(elsewhere.members.TENANT_ADMIN)] as const] : []),
      ['an operator’s token', tokenOf(operators.SYSTEM_ADMIN)] as const,
      ['no token', {}] as const,
    ];
    for (const [what, startsWith] of foreign) {
      for (const field of liveFields('application')) {
        const connectsWith = tokenOf(members.TENANT_ADMIN);
        yield attempt(
          { name: `${tier}, then ${what}`, url: place.realtimeUrl, connectsWith, startsWith },
          field,
          false,
        );
      }
    }
  }
}

function* ofOperators({ subjects, operators, controlPlane }: World): Iterable<Attack> {
  const url = controlPlane.realtimeUrl;
  const key = { 'x-api-key': controlPlane.apiKey };
  const stranger = subjects[0]?.members.TENANT_ADMIN;
  for (const field of liveFields('control-plane')) {
    const isPublic = controlPlanePermissions[field.coordinate]?.roles.includes('PUBLIC') ?? false;
    for (const role of ['SYSTEM_ADMIN', 'CUSTOMER_SUPPORT'] as const) {
      const own = tokenOf(operators[role]);
      const isDenied = deniedFields(controlPlanePermissions, role).includes(field.coordinate);
      yield attempt({ name: role, url, connectsWith: own, startsWith: own }, field, !isDenied);
    }
    yield attempt({ name: 'the public key', url, connectsWith: key, startsWith: key }, field, isPublic);
    yield attempt({ name: 'the public key, then no token', url, connectsWith: key, startsWith: {} }, field, false);
    if (!stranger) continue;
    const theirs = tokenOf(stranger);
    yield attempt({ name: 'a tenant’s admin', url, connectsWith: theirs, startsWith: theirs }, field, false);
    yield attempt(
      { name: 'the public key, then a tenant’s', url, connectsWith: key, startsWith: theirs },
      field,
      false,
    );
  }
}

function attempt({ name, url, connectsWith, startsWith }: Listener, field: Field, isAllowed: boolean): Attack {
  const { query, variables } = operationOf(field, harmless);
  return {
    name: `${name}: ${field.coordinate}`,
    run: async () => {
      const client = await RealtimeClient.open(url, connectsWith);
      const startedAt = performance.now();
      try {
        client.send({ type: 'connection_init' });
        const { type } = await client.until((frame) => frame.type.startsWith('connection_'), 15_000);
        if (type === 'connection_ack') await client.start('s', query, startsWith, variables);
        const answer = JSON.stringify(client.frames);
        return [{ as: name, sent: query, status: 200, answer, milliseconds: performance.now() - startedAt }];
      } finally {
        client.close();
      }
    },
    judge: ([said]) => {
      const answer = said?.answer ?? '';
      const isRefused = /connection_error|Unauthorized/.test(answer) && !answer.includes('start_ack');
      if (isAllowed ? answer.includes('start_ack') : isRefused) return [];
      return [`expected it to be ${isAllowed ? 'let in' : 'refused'}, got ${answer.slice(0, 300)}`];
    },
  };
}
