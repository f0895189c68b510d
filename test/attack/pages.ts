import { describe, expect, test } from 'vitest';
import type { Shop } from '../support/shop.ts';
import type { Scene } from './scene.ts';

/** Page sizes and cursors that no page of ours gave. */
export function pageAttacks(scene: () => Scene): void {
  describe('pages', () => {
    const page =
      'query Q($first: Int, $after: String) { LIST(first: $first, after: $after) { edges { cursor node { id } } pageInfo { hasNextPage endCursor } } }';
    interface Page {
      readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    }
    const read = async (shop: Shop, list: string, variables: Readonly<Record<string, unknown>>) => {
      const answer = await shop.ask<Record<string, Page | null>>(page.replace('LIST', list), variables);
      return { page: answer.data?.[list], errors: answer.errors };
    };

    test('of 0, −1 and fewer are refused; of a thousand million are a hundred', async () => {
      for (const list of ['products', 'orders', 'users']) {
        for (const first of [0, -1, -2_147_483_648]) {
          const { errors } = await read(scene().alice, list, { first });
          expect(errors).toMatchObject([{ errorType: 'BadRequest', message: `first: ${first}, expected 1 to 100` }]);
        }
        const { page: all, errors } = await read(scene().alice, list, { first: 1_000_000_000 });
        expect(errors).toEqual([]);
        expect(all?.edges.length).toBeLessThanOrEqual(100);
      }
    });

    test('after a forged cursor, another tenant’s or another list’s are refused', async () => {
      await scene().alice.stock();
      await scene().alice.stock();
      await scene().alice.place((await scene().alice.stock()).id);
      const { page: own } = await read(scene().alice, 'products', { first: 1 });
      const cursor = own?.edges[0]?.cursor ?? '';
      expect((await read(scene().alice, 'products', { first: 1, after: cursor })).errors).toEqual([]);
      const content = JSON.parse(Buffer.from(cursor, 'base64').toString()) as Record<string, unknown>;
      const forge = (changes: object) => Buffer.from(JSON.stringify({ ...content, ...changes })).toString('base64');
      const attempts: [Shop, string, string][] = [
        [scene().mallory, 'products', cursor],
        [scene().alice, 'orders', cursor],
        [scene().alice, 'users', cursor],
        [
          scene().alice,
          'products',
          (await read(scene().alice, 'orders', { first: 1 })).page?.edges[0]?.cursor ?? 'none',
        ],
        ...[
          'x',
          '====',
          '[]',
          'null',
          'é',
          'a'.repeat(3000),
          'a'.repeat(100_000),
          Buffer.from('null').toString('base64'),
          Buffer.from('[1]').toString('base64'),
          Buffer.from('{').toString('base64'),
        ].map((after): [Shop, string, string] => [scene().alice, 'products', after]),
        ...[
          { shard: -1 },
          { shard: 2 },
          { shard: 1e9 },
          { shard: 0.5 },
          { shard: '0' },
          { after: 5 },
          { after: { S: 'x' } },
          { v: 2 },
          { owner: 'x' },
          { query: '' },
        ].map((changes): [Shop, string, string] => [scene().alice, 'products', forge(changes)]),
      ];
      for (const [shop, list, after] of attempts) {
        const { errors } = await read(shop, list, { first: 5, after });
        expect({ after, errors }).toMatchObject({
          after,
          errors: [{ errorType: 'BadRequest', message: expect.stringMatching(/^after: /) }],
        });
      }
    });

    test('a forged place in a list of one’s own shows nothing but one’s own', async () => {
      const { page: own } = await read(scene().mallory, 'products', { first: 1 });
      const theirs = own?.edges ?? [];
      const { page: first } = await read(scene().alice, 'products', { first: 1 });
      const content = JSON.parse(Buffer.from(first?.edges[0]?.cursor ?? '', 'base64').toString()) as { owner: string };
      const tenant = (await scene().mallory.ask<{ tenant: { id: string } }>('{ tenant { id } }')).data?.tenant.id;
      for (const after of ['~', '', `${content.owner}#0`, '\u0000', 'z'.repeat(1200)]) {
        const forged = Buffer.from(JSON.stringify({ ...content, owner: tenant, after })).toString('base64');
        const { page: shown } = await read(scene().mallory, 'products', { first: 100, after: forged });
        for (const edge of shown?.edges ?? []) expect(theirs.map(({ node }) => node.id)).toContain(edge.node.id);
      }
    });
  });
}
