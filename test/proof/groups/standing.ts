import { mutate, type Target } from '../../support/mutate.ts';
import { errorTypes, exchange } from '../exchange.ts';
import { gaveNothing } from '../exchange.ts';
import type { Attack, AttackGroup } from '../attack.ts';
import type { Clients } from '../clients.ts';
import { admittedOf } from '../stores.ts';
import type { Member, Subject, World } from '../subjects.ts';

const queries = [
  '{ me { id } }',
  '{ products { edges { node { id } } } }',
  'mutation { createProduct(input: {sku: "S", name: "N", price: 1, stock: 1}) { product { id } } }',
  'mutation { a: createProduct(input: {sku: "S", name: "N", price: 1, stock: 1}) { product { id } } b: me { id } }',
];

/**
 * Suspension, disabled users and limits: held from the next request on, whatever is cached, and only by those who are meant. The tenant
 * is left as it was.
 */
export function standingAttacks({ subjects, operators, controlPlane }: World, clients: Clients): AttackGroup {
  const [victim, attacker] = subjects;
  const subject = subjects.at(-1);
  const operate: Target = {
    url: controlPlane.graphqlUrl,
    headers: { authorization: operators.SYSTEM_ADMIN.accessToken },
  };
  return {
    name: 'standing',
    claim:
      'Who is suspended, disabled or over a limit is refused with the next request, though the token is still good; and nobody uses up another’s share.',
    *attacks() {
      if (!subject || !victim || !attacker) return;
      yield anothersShare(attacker, victim, clients);
      const { tenantId, members } = subject;
      const refusedAs = (type: RegExp) => (exchanges: Parameters<typeof errorTypes>[0][]) =>
        exchanges.flatMap((each) =>
          gaveNothing(each) && (each.status === 401 || errorTypes(each).some((found) => type.test(found)))
            ? []
            : [`expected ${String(type)} and no data, got ${each.status} ${each.answer.slice(0, 200)}`],
        );
      yield {
        name: 'a suspended tenant',
        run: async () => {
          // An answer that is in the authorizer's cache when the tenant is suspended.
          await ask(subject, members.TENANT_ADMIN, '{ me { id } }');
          await mutate(operate, 'suspendTenant', { tenantId, reason: 'proof' }, '__typename');
          try {
            return await inTurn(queries.slice(0, 3), (query) => ask(subject, members.TENANT_ADMIN, query));
          } finally {
            await mutate(operate, 'activateTenant', { tenantId }, '__typename');
          }
        },
        judge: (exchanges) => refusedAs(/^TenantSuspended$/)([...exchanges]),
      };
      yield {
        name: 'a disabled user',
        run: async () => {
          const id = await idOf(subject, members.TENANT_USER);
          await mutate(operate, 'disableTenantUser', { tenantId, id }, '__typename');
          try {
            return await inTurn(queries.slice(0, 3), (query) => ask(subject, members.TENANT_USER, query));
          } finally {
            await mutate(operate, 'enableTenantUser', { tenantId, id }, '__typename');
          }
        },
        judge: (exchanges) => refusedAs(/Unauthorized|UserDisabled|UserBlocked/)([...exchanges]),
      };
      yield {
        name: 'a limit of one a second, met by 40 at once',
        run: async () => {
          const limits = { requestsPerSecond: 1, burst: 1, requestsPerDay: 1_000_000, requestsPerMonth: 1_000_000 };
          await mutate(operate, 'setTenantLimits', { tenantId, limits }, '__typename');
          try {
            return await Promise.all(
              Array.from({ length: 40 }, () => ask(subject, members.TENANT_ADMIN, '{ me { id } }')),
            );
          } finally {
            await mutate(operate, 'setTenantLimits', { tenantId, limits: generous }, '__typename');
          }
        },
        judge: (exchanges) => {
          const admitted = exchanges.filter((each) => !gaveNothing(each)).length;
          const slowest = Math.max(...exchanges.map(({ milliseconds }) => milliseconds));
          const most = 2 + Math.ceil(slowest / 1000);
          return admitted >= 1 && admitted <= most ? [] : [`${admitted} of 40 were admitted, expected 1 to ${most}`];
        },
      };
    },
  };
}

/** Whatever a request names, it is charged to who sends it. */
function anothersShare(attacker: Subject, victim: Subject, clients: Clients): Attack {
  const count = 30;
  let charged: readonly number[] = [];
  return {
    name: 'requests that name another tenant',
    run: async () => {
      const counts = () => Promise.all([attacker, victim].map(({ tenantId }) => admittedOf(tenantId, clients)));
      const before = await counts();
      const query = 'query Q($id: ID!) { product(id: $id) { id } }';
      const { label, accessToken } = attacker.members.TENANT_ADMIN;
      const exchanges = await inTurn(Array.from({ length: count }), () =>
        exchange({
          url: attacker.place.graphqlUrl,
          as: label,
          headers: { authorization: accessToken, 'x-tenant-id': victim.tenantId },
          body: { query, variables: { id: victim.ids.product, tenantId: victim.tenantId } },
        }),
      );
      charged = (await counts()).map((after, index) => after - (before[index] ?? 0));
      return exchanges;
    },
    judge: () =>
      charged[0] === count && charged[1] === 0
        ? []
        : [`its ${count} requests were charged ${charged.join(' and ')} times to it and to the other`],
  };
}

const generous = { requestsPerSecond: 1000, burst: 1000, requestsPerDay: 1_000_000, requestsPerMonth: 1_000_000 };

const ask = ({ place }: Subject, { label, accessToken }: Member, query: string) =>
  exchange({ url: place.graphqlUrl, as: label, headers: { authorization: accessToken }, body: { query } });

async function idOf(subject: Subject, member: Member): Promise<string> {
  const { answer } = await ask(subject, member, '{ me { id } }');
  return (JSON.parse(answer) as { data: { me: { id: string } } }).data.me.id;
}

async function inTurn<Item, Result>(items: readonly Item[], run: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await run(item));
  return results;
}
