import { randomUUID } from 'node:crypto';
import type { TenantRole } from '../../../generated/application.ts';
import { applicationPermissions } from '../../../schema/permissions.ts';
import type { Attack, AttackGroup } from '../attack.ts';
import { exchange } from '../exchange.ts';
import { alike, invalid, nothingGiven } from '../judgements.ts';
import { type Choose, type Field, fieldsOf, operationOf, pathsOf } from '../operations.ts';
import { type Subject, tenantRoles, tierPairs, type World } from '../subjects.ts';

/** Looks like an id of ours and was never given. */
const missing = { product: '01BX5ZZKBKACTAV9WEVGEMMVRZ', order: '01BX5ZZKBKACTAV9WEVGEMMVRZ', user: randomUUID() };
/** As many questions as a request may well have. */
const flood = 20;
type Kind = keyof typeof missing;
const kinds: readonly Kind[] = ['product', 'order', 'user'];

const isOpenToUsers = ({ coordinate }: Field): boolean =>
  !(applicationPermissions[coordinate]?.roles ?? []).includes('SYSTEM');

/** The fields that tenants may use at all; subscriptions are attacked over WebSockets. */
export const tenantFields = (): Field[] =>
  fieldsOf('application').filter((field) => field.rootType !== 'Subscription' && isOpenToUsers(field));

/** Puts `id` where ids go, and otherwise what would let the field do its worst. */
const withId =
  (path: string, id: unknown): Choose =>
  (at, type) => {
    if (at === path) return id;
    if (type.name === 'ID') return missing.product;
    if (at.endsWith('.status')) return 'PAID';
    return at.endsWith('.name') || at.endsWith('.role') ? undefined : at.endsWith('ersion') ? 1 : undefined;
  };

/** Ids of another tenant's things, wherever a field takes an id. */
export function idAttacks(world: World): AttackGroup {
  return {
    name: 'ids',
    claim:
      'An id of another tenant answers, letter for letter, like one that does not exist, for every field, role and tier.',
    *attacks() {
      for (const [index, [attacker, victim]] of tierPairs(world.subjects).entries()) {
        for (const role of tenantRoles) {
          for (const field of tenantFields()) {
            const attempt: Attempt = { attacker, victim, role, field };
            yield* byId(attempt);
            // How an id or an input is dressed up does not depend on the tiers.
            if (index === 0) yield* dressedUp(attempt);
          }
        }
      }
    },
  };
}

interface Attempt {
  readonly attacker: Subject;
  readonly victim: Subject;
  readonly role: TenantRole;
  readonly field: Field;
}

function asker({ attacker, role }: Attempt) {
  const { accessToken, label } = attacker.members[role];
  return (body: string | object) =>
    exchange({ url: attacker.place.graphqlUrl, as: label, headers: { authorization: accessToken }, body });
}

const nameOf = ({ attacker, victim, role, field }: Attempt): string =>
  `${attacker.tier} ${role} → ${victim.tier}: ${field.coordinate}`;

/** Each of the victim's ids, in each place that takes an id, beside one that does not exist: by itself, and all of them as a flood of aliases. */
function* byId(attempt: Attempt): Iterable<Attack> {
  const { victim, field } = attempt;
  const ask = asker(attempt);
  for (const path of pathsOf(field, 'ID')) {
    const candidates = [
      ...kinds.map((kind) => ({ kind, own: victim.ids[kind], absent: missing[kind] })),
      { kind: 'tenant', own: victim.tenantId, absent: missing.product },
    ];
    const attack = (what: string, tried: typeof candidates): Attack => ({
      name: `${nameOf(attempt)} ${path} = ${what}`,
      victim,
      run: async () => [
        await ask(operationOf(field, ...tried.map(({ own }) => withId(path, own)))),
        await ask(operationOf(field, ...tried.map(({ absent }) => withId(path, absent)))),
      ],
      judge: alike(
        tried.map(({ own }) => own),
        tried.map(({ absent }) => absent),
      ),
    });
    for (const candidate of candidates) yield attack(`its ${candidate.kind}`, [candidate]);
    yield attack(
      `all of these, ${flood} aliases`,
      Array.from({ length: flood / candidates.length }, () => candidates).flat(),
    );
  }
}

/** The victim's id as what it is not, and keys that no input has. */
function* dressedUp(attempt: Attempt): Iterable<Attack> {
  const { victim, field } = attempt;
  const ask = asker(attempt);
  for (const path of pathsOf(field, 'ID')) {
    for (const [how, value] of retyped(victim.ids.product)) {
      const isRead = field.rootType === 'Query' && typeof value === 'string' && !path.includes('.');
      yield {
        name: `${nameOf(attempt)} ${path} as ${how}`,
        victim,
        run: async () => [await ask(operationOf(field, withId(path, value)))],
        judge: isRead ? nothingGiven : () => [],
      };
    }
  }
  if (field.definition.args.length === 0) return;
  const hasInput = field.definition.args.some(({ name }) => name === 'input');
  for (const key of ['tenantId', 'shardId', '__proto__', 'constructor', 'prototype', 'pk']) {
    yield {
      name: `${nameOf(attempt)} with ${key} beside its input`,
      victim,
      run: async () => [await ask(injected(field, key, victim.tenantId))],
      judge: hasInput ? invalid : () => [],
    };
  }
}

/** The same id as what it is not. */
function retyped(id: string): (readonly [string, unknown])[] {
  return [
    ['a list', [id]],
    ['an object', { S: id }],
    ['JSON text', JSON.stringify({ id })],
    ['an operator', { ne: '' }],
    ['padded', ` ${id}`],
    ['lower case', id.toLowerCase()],
    ['with the key separator', `${id}#0`],
  ];
}

/** Written as JSON text, since an object literal would take `__proto__` for itself. */
function injected(field: Field, key: string, tenantId: string): string {
  const { query, variables } = operationOf(field, withId('', ''));
  const text = JSON.stringify({ query, variables });
  const value = JSON.stringify(key === 'shardId' ? `${tenantId}#0` : tenantId);
  return text.includes('"input":{')
    ? text.replace('"input":{', `"input":{"${key}":${value},`).replace(',}', '}')
    : text.replace('"variables":{', `"variables":{"${key}":${value},`).replace(',}', '}');
}
