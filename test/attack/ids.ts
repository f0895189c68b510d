import { describe, expect, test } from 'vitest';
import { errorsOf } from '../support/mutate.ts';
import { leavesNoTrace, missing, type Scene } from './scene.ts';

const oddIds = [
  missing,
  '',
  ' ',
  "' OR 1=1",
  'a\u0000b',
  '🚀',
  '../../etc/passwd',
  'x'.repeat(100_000),
  'SLUG#acme',
  '__proto__',
];

/** Ids that name nothing, or nothing of the caller’s. */
export function idAttacks(scene: () => Scene): void {
  describe('ids', () => {
    test('that name nothing are answered the same, whatever they look like', async () => {
      const product = await scene().alice.stock();
      await leavesNoTrace(scene(), async () => {
        for (const id of oddIds) {
          const read = await scene().alice.ask(
            'query Q($id: ID!) { product(id: $id) { id } order(id: $id) { id } user(id: $id) { id } }',
            { id },
          );
          expect(read).toEqual({ status: 200, data: { product: null, order: null, user: null }, errors: [] });
          const refused = await Promise.all([
            scene().alice.updateProduct({ id, expectedVersion: 1, price: 1 }),
            scene().alice.deleteProduct({ id }),
            scene().alice.updateOrder({ id, status: 'PAID' }),
            scene().alice.cancelOrder({ id }),
            scene().alice.deleteOrder({ id }),
          ]);
          expect(refused.map(errorsOf)).toEqual(refused.map(() => ['NOT_FOUND id']));
          const lines = [
            { productId: product.id, quantity: 1 },
            { productId: id, quantity: 1 },
          ];
          expect(errorsOf(await scene().alice.createOrder({ lines }))).toEqual(['PRODUCT_GONE lines.1.productId']);
        }
      });
    });

    test('of another tenant are answered byte for byte like missing ones', async () => {
      const product = await scene().alice.stock();
      const order = await scene().alice.place(product.id);
      const me = (await scene().alice.ask<{ me: { id: string } }>('{ me { id } }')).data?.me.id ?? '';
      const url = scene().mallory.target.url;
      const bytes = async (query: string, variables: object): Promise<string> => {
        const headers = { 'content-type': 'application/json', ...scene().mallory.target.headers };
        const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify({ query, variables }) });
        return `${response.status} ${await response.text()}`;
      };
      const errors = 'userErrors { code field message }';
      const attempts: [string, string, (id: string) => object][] = [
        [product.id, 'query Q($id: ID!) { product(id: $id) { id name stock } }', (id) => ({ id })],
        [order.id, 'query Q($id: ID!) { order(id: $id) { id total } }', (id) => ({ id })],
        [me, 'query Q($id: ID!) { user(id: $id) { id email } }', (id) => ({ id })],
        [
          product.id,
          `mutation M($input: UpdateProductInput!) { updateProduct(input: $input) { product { id } ${errors} } }`,
          (id) => ({ input: { id, expectedVersion: 2, price: 1 } }),
        ],
        [
          product.id,
          `mutation M($input: DeleteProductInput!) { deleteProduct(input: $input) { product { id } ${errors} } }`,
          (id) => ({ input: { id } }),
        ],
        [
          order.id,
          `mutation M($input: UpdateOrderInput!) { updateOrder(input: $input) { order { id } ${errors} } }`,
          (id) => ({ input: { id, status: 'PAID' } }),
        ],
        [
          order.id,
          `mutation M($input: CancelOrderInput!) { cancelOrder(input: $input) { order { id } ${errors} } }`,
          (id) => ({ input: { id } }),
        ],
        [
          order.id,
          `mutation M($input: DeleteOrderInput!) { deleteOrder(input: $input) { order { id } ${errors} } }`,
          (id) => ({ input: { id } }),
        ],
        [
          product.id,
          `mutation M($input: CreateOrderInput!) { createOrder(input: $input) { order { id } ${errors} } }`,
          (id) => ({ input: { lines: [{ productId: id, quantity: 1 }] } }),
        ],
        [
          me,
          `mutation M($input: UpdateUserInput!) { updateUser(input: $input) { user { id } ${errors} } }`,
          (id) => ({ input: { id, name: 'Mallory' } }),
        ],
        [
          me,
          `mutation M($input: DisableUserInput!) { disableUser(input: $input) { user { id } ${errors} } }`,
          (id) => ({ input: { id } }),
        ],
        [
          me,
          `mutation M($input: EnableUserInput!) { enableUser(input: $input) { user { id } ${errors} } }`,
          (id) => ({ input: { id } }),
        ],
        [
          me,
          `mutation M($input: ResendInvitationInput!) { resendInvitation(input: $input) { user { id } ${errors} } }`,
          (id) => ({ input: { id } }),
        ],
      ];
      await leavesNoTrace(scene(), async () => {
        for (const [id, query, variables] of attempts) {
          expect(await bytes(query, variables(id))).toBe(await bytes(query, variables(missing)));
        }
      });
    });
  });
}
