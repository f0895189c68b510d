import type { Attack, AttackGroup } from '../attack.ts';
import { errorTypes, exchange, readAnswer } from '../exchange.ts';
import { invalid } from '../judgements.ts';
import type { World } from '../subjects.ts';

/** Depth, width and size: what asks for too much is refused before anything of it runs. */
export function limitAttacks({ subjects }: World): AttackGroup {
  return {
    name: 'limits',
    claim: 'A query that is too deep, too wide or too large runs nothing, and the next one is served as ever.',
    *attacks() {
      const [attacker] = subjects;
      if (!attacker) return;
      const { label, accessToken } = attacker.members.TENANT_ADMIN;
      const ask = (body: string | object) =>
        exchange({ url: attacker.place.graphqlUrl, as: label, headers: { authorization: accessToken }, body });
      const create = 'createProduct(input: {sku: "S", name: "N", price: 1, stock: 1}) { userErrors { code } }';
      const many = (count: number, call: string): string =>
        Array.from({ length: count }, (_, index) => `a${index}: ${call}`).join(' ');
      const queries: readonly (readonly [string, string])[] = [
        ['200 levels deep', `{ ${'a { '.repeat(200)}b${' }'.repeat(200)} }`],
        ['7,000 levels deep, unended', `{ ${'a{'.repeat(7000)}`],
        [
          'introspection 16 levels deep',
          `{ __schema { types { ${'fields { type { '.repeat(8)}name${' } }'.repeat(8)} } } }`,
        ],
        ['1,000 mutations by alias', `mutation { ${many(1000, create)} }`],
        ['a megabyte of fields', `{ ${'me { id } '.repeat(90_000)} }`],
        ['fragments in a circle', '{ me { ...A } } fragment A on User { ...B } fragment B on User { ...A }'],
        ['1,000 fragments', `{ me { id } } ${many(1000, 'x').replaceAll(/a(\d+): x/g, 'fragment F$1 on User { id }')}`],
        ['two operations, none chosen', 'query A { me { id } } query B { me { id } }'],
      ];
      for (const [name, query] of queries) yield refused(name, async () => [await ask({ query })]);
      const bodies: readonly (readonly [string, string])[] = [
        ['two megabytes', JSON.stringify({ query: `{ me { id } } # ${'x'.repeat(2 * 1024 * 1024)}` })],
        ['a batch', JSON.stringify([{ query: '{ me { id } }' }])],
        ['no JSON', '{'],
        ['JSON nested without end', '['.repeat(100_000)],
        ['variables that are a list', '{"query":"{ me { id } }","variables":[1]}'],
      ];
      for (const [name, body] of bodies) yield refused(`a body: ${name}`, async () => [await ask(body)]);
      yield {
        name: '300 reads by alias run as far as the limit of resolvers, 100, and no further',
        run: async () => [await ask({ query: `{ ${many(300, `product(id: "${attacker.ids.product}") { id }`)} }` })],
        judge: ([said]) => {
          const answered = said
            ? Object.values(readAnswer(said).data ?? {}).filter((value) => value !== null).length
            : 0;
          return answered <= 100 ? [] : [`${answered} of 300 were answered`];
        },
      };
      yield {
        name: 'a first of a billion is capped or refused',
        run: async () => [await ask({ query: '{ products(first: 1000000000) { edges { node { id } } } }' })],
        judge: ([said]) =>
          said && errorTypes(said).length === 0 && (JSON.parse(said.answer) as Page).data.products.edges.length > 100
            ? ['more than 100 came']
            : [],
      };
    },
  };
}

interface Page {
  readonly data: { readonly products: { readonly edges: readonly unknown[] } };
}

const refused = (name: string, run: Attack['run']): Attack => ({ name, run, judge: invalid });
