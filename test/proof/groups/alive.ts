import type { Attack, AttackGroup } from '../attack.ts';
import { exchange } from '../exchange.ts';
import type { Member, World } from '../subjects.ts';

/** When all is over, everybody is served as before. */
export function aliveAfterwards({ subjects, operators, controlPlane }: World): AttackGroup {
  return {
    name: 'afterwards',
    claim: 'After all of this, each tenant and operator still gets its own answers, from every API.',
    *attacks() {
      for (const { slug, place, members, marker } of subjects) {
        yield asked(slug, place.graphqlUrl, members.TENANT_ADMIN, '{ products { edges { node { name } } } }', marker);
      }
      const { label, email } = operators.SYSTEM_ADMIN;
      const query = '{ operators { edges { node { email } } } }';
      yield asked(label, controlPlane.graphqlUrl, operators.SYSTEM_ADMIN, query, email);
    },
  };
}

function asked(name: string, url: string, member: Member, query: string, expected: string): Attack {
  return {
    name,
    run: async () => [
      await exchange({ url, as: member.label, headers: { authorization: member.accessToken }, body: { query } }),
    ],
    judge: ([given]) =>
      given?.status === 200 && given.answer.includes(expected)
        ? []
        : [`expected ${expected} in it, got ${given?.status} ${given?.answer.slice(0, 200)}`],
  };
}
