import type { TenantRole } from '../../../generated/application.ts';
import type { Attack, AttackGroup } from '../attack.ts';
import { mutate } from '../../support/mutate.ts';
import { exchange } from '../exchange.ts';
import { authorized, invalid } from '../judgements.ts';
import { type Subject, tenantRoles, tierPairs, type World } from '../subjects.ts';

type List = keyof Subject['cursors'];
const lists: readonly List[] = ['products', 'orders', 'users'];

const page = (list: List, argument = '') =>
  `query P($after: String) { ${list}(first: 100, after: $after${argument}) { edges { cursor node { id } } pageInfo { endCursor } } }`;

/** Lists: another tenant's cursors, cursors that were changed, filters for another tenant's values, nested fields. */
export function listAttacks(world: World): AttackGroup {
  return {
    name: 'lists',
    claim:
      'No cursor, filter or nested field brings another tenant’s items; a cursor that is not of this very list is refused.',
    *attacks() {
      for (const [attacker, victim] of tierPairs(world.subjects)) {
        for (const role of tenantRoles) {
          for (const list of lists) yield* cursorsOf(attacker, victim, role, list);
          yield* filtersOf(attacker, victim, role);
          yield staleCursor(attacker, victim, role);
        }
      }
    },
  };
}

function* cursorsOf(attacker: Subject, victim: Subject, role: TenantRole, list: List): Iterable<Attack> {
  const ask = asker(attacker, role);
  const name = `${attacker.tier} ${role} → ${victim.tier}: ${list}`;
  for (const [how, cursor] of cursors(attacker, victim, list)) {
    yield {
      name: `${name} after ${how}`,
      victim,
      run: async () => [await ask(page(list), { after: cursor })],
      judge: invalid,
    };
  }
}

/** Cursors that this list of this tenant never gave. */
function cursors(attacker: Subject, victim: Subject, list: List): (readonly [string, unknown])[] {
  const own = Buffer.from(attacker.cursors[list], 'base64').toString();
  const write = (text: string): string => Buffer.from(text).toString('base64');
  const other = lists.find((candidate) => candidate !== list) ?? 'orders';
  const victims = Buffer.from(victim.cursors[list], 'base64').toString();
  return [
    ['the victim’s cursor', victim.cursors[list]],
    ['the victim’s cursor of another list', victim.cursors[other]],
    ['the own cursor of another list', attacker.cursors[other]],
    ['the own cursor with the victim as owner', write(own.replaceAll(attacker.tenantId, victim.tenantId))],
    ['the victim’s cursor cut short', victim.cursors[list].slice(0, -6)],
    ['the victim’s cursor twice', `${victim.cursors[list]}${victim.cursors[list]}`],
    ['the victim’s key as text', `${victim.tenantId}#0`],
    ['a DynamoDB key', write(JSON.stringify({ shardId: { S: `${victim.tenantId}#0` } }))],
    ['another version', write(victims.replace('"v":1', '"v":2'))],
    ['prototype keys', write('{"__proto__":{"v":1},"constructor":{}}')],
    ['null', write('null')],
    ['a list', write('[1]')],
  ];
}

/** A cursor of this very list whose item is gone: the page after it has nobody else's either. */
function staleCursor(attacker: Subject, victim: Subject, role: TenantRole): Attack {
  const ask = asker(attacker, role);
  const target = {
    url: attacker.place.graphqlUrl,
    headers: { authorization: attacker.members.TENANT_ADMIN.accessToken },
  };
  return {
    name: `${attacker.tier} ${role} → ${victim.tier}: products after one that was deleted meanwhile`,
    victim,
    run: async () => {
      const input = { sku: `D-${role}-${attacker.marker}`, name: 'Passing', price: 1, stock: 1 };
      const { product } = await mutate<{ id: string }>(target, 'createProduct', input, 'product { id }');
      const own = Buffer.from(attacker.cursors.products, 'base64').toString();
      const place = own.replace(/"after":"[^"]*"/, `"after":"${product?.id ?? ''}"`);
      await mutate(target, 'deleteProduct', { id: product?.id }, 'product { id }');
      return [await ask(page('products'), { after: Buffer.from(place).toString('base64') })];
    },
    judge: authorized,
  };
}

function* filtersOf(attacker: Subject, victim: Subject, role: TenantRole): Iterable<Attack> {
  const ask = asker(attacker, role);
  const name = `${attacker.tier} ${role} → ${victim.tier}`;
  const queries: readonly (readonly [string, string, object])[] = [
    ['products by its name', 'products(filter: {nameContains: $text})', { text: 'Lamp' }],
    ['products by its category', 'products(filter: {category: $text})', { text: victim.marker }],
    ['products by its sku', 'products(filter: {sku: $text})', { text: `A-${victim.marker}` }],
    ['orders by who placed them', 'orders(filter: {createdBy: $id})', { id: victim.ids.user }],
    ['orders by status', 'orders(filter: {status: PLACED})', {}],
    ['all products', 'products(first: 100)', {}],
    ['all orders', 'orders(first: 100)', {}],
    ['all users', 'users(first: 100)', {}],
  ];
  for (const [what, field, variables] of queries) {
    yield {
      name: `${name}: ${what}`,
      victim,
      run: async () => [
        await ask(
          `query F${declared(variables)} { ${field} { edges { cursor node { ${nodeOf(field)} } } } }`,
          variables,
        ),
      ],
      judge: () => [],
    };
  }
}

const declared = (variables: object): string =>
  'text' in variables ? '($text: String)' : 'id' in variables ? '($id: ID)' : '';

function nodeOf(field: string): string {
  if (field.startsWith('products')) return 'id sku name category price stock version';
  return field.startsWith('users') ? 'id email name role' : 'id number total createdBy lines { productId name }';
}

function asker(attacker: Subject, role: TenantRole) {
  const { label, accessToken } = attacker.members[role];
  return (query: string, variables: object) =>
    exchange({
      url: attacker.place.graphqlUrl,
      as: label,
      headers: { authorization: accessToken },
      body: { query, variables },
    });
}
