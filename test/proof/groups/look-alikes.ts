import type { AttackGroup } from '../attack.ts';
import { exchange } from '../exchange.ts';
import { pairs, type World } from '../subjects.ts';

const everything = `{ me { id email } tenant { id slug } products(first: 100) { edges { node { id name sku } } }
  orders(first: 100) { edges { node { id lines { name } } } } users(first: 100) { edges { node { id email } } } }`;

/** Tenants whose ids are prefixes, cases, separators and look-alikes of one another. */
export function lookAlikeAttacks({ lookAlikes }: World): AttackGroup {
  return {
    name: 'look-alikes',
    claim: 'Tenants with ids as alike as t1, t10, T1 and t1#0 see their own things only.',
    *attacks() {
      for (const [attacker, victim] of pairs(lookAlikes)) {
        const { label, accessToken } = attacker.members.TENANT_ADMIN;
        const ask = (query: string, variables: object) =>
          exchange({
            url: attacker.place.graphqlUrl,
            as: label,
            headers: { authorization: accessToken },
            body: { query, variables },
          });
        yield {
          name: `${JSON.stringify(attacker.tenantId)} → ${JSON.stringify(victim.tenantId)}`,
          victim,
          run: async () => [
            await ask(everything, {}),
            await ask(
              'query Q($p: ID!, $o: ID!, $u: ID!) { product(id: $p) { name } order(id: $o) { lines { name } } user(id: $u) { email } }',
              {
                p: victim.ids.product,
                o: victim.ids.order,
                u: victim.ids.user,
              },
            ),
          ],
          judge: ([all]) => (all?.answer.includes(attacker.marker) ? [] : ['does not even see its own things']),
        };
      }
    },
  };
}
