import { describe, expect, test } from 'vitest';
import { errorsOf } from '../support/mutate.ts';
import { scan } from '../support/tables.ts';
import { leavesNoTrace, missing, type Scene } from './scene.ts';

/** What people may send of orders, by mistake or not. */
export function orderAttacks(scene: () => Scene): void {
  describe('orders', () => {
    test('of quantities, lines and totals that cannot be are refused by line', async () => {
      const product = await scene().alice.stock({ price: 1_000_000_000, stock: 1_000_000_000 });
      const other = await scene().alice.stock({ stock: 1 });
      const line = (quantity: number, productId = product.id) => ({ productId, quantity });
      const many = Array.from({ length: 1001 }, () => line(1));
      const cases: [unknown[], string[]][] = [
        [[], ['INVALID_INPUT lines']],
        [[line(0)], ['INVALID_INPUT lines.0.quantity']],
        [[line(-1)], ['INVALID_INPUT lines.0.quantity']],
        [[line(1_000_000_000)], ['INVALID_INPUT lines.0.quantity']],
        [many, ['TOO_MANY_LINES lines']],
        [many.slice(0, 51), ['TOO_MANY_LINES lines']],
        [[line(1), line(2)], ['INVALID_INPUT lines.1.productId']],
        [[line(3)], ['INVALID_INPUT lines']],
        [[line(10_000)], ['INVALID_INPUT lines']],
        [[line(2, other.id)], ['OUT_OF_STOCK lines.0.quantity']],
        [
          [line(0), line(-5, other.id), line(1, missing)],
          ['INVALID_INPUT lines.0.quantity', 'INVALID_INPUT lines.1.quantity'],
        ],
        [
          [line(2, other.id), line(1, missing)],
          ['OUT_OF_STOCK lines.0.quantity', 'PRODUCT_GONE lines.1.productId'],
        ],
      ];
      await leavesNoTrace(scene(), async () => {
        for (const [lines, codes] of cases) {
          const payload = await scene().alice.createOrder({ lines });
          expect({ codes: errorsOf(payload), order: payload['order'] }).toEqual({ codes, order: null });
          expect(payload.userErrors.every(({ message }) => message.length > 10 && message.length < 200)).toBe(true);
        }
      });
    });

    test('cannot name a price, a total, a status or a tenant', async () => {
      const { id: productId } = await scene().alice.stock();
      const query = 'mutation M($input: CreateOrderInput!) { createOrder(input: $input) { order { id } } }';
      const lines = [{ productId, quantity: 1 }];
      await leavesNoTrace(scene(), async () => {
        for (const input of [
          { lines, total: 0 },
          { lines, tenantId: 'x' },
          { lines, status: 'PAID' },
          { lines: [{ productId, quantity: 1, unitPrice: 0 }] },
        ]) {
          const answer = await scene().alice.ask(query, { input });
          expect(answer).toMatchObject({ status: 200, data: null });
          expect(answer.errors).toHaveLength(1);
        }
      });
    });

    test('of a product that is gone', async () => {
      const { id } = await scene().alice.stock();
      await scene().alice.deleteProduct({ id });
      await leavesNoTrace(scene(), async () => {
        const payload = await scene().alice.createOrder({ lines: [{ productId: id, quantity: 1 }] });
        expect(errorsOf(payload)).toEqual(['PRODUCT_GONE lines.0.productId']);
      });
    });

    test('twenty race for the last piece: exactly one gets it', async () => {
      const { id } = await scene().alice.stock({ stock: 1 });
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => scene().alice.createOrder({ lines: [{ productId: id, quantity: 1 }] })),
      );
      expect(answers.filter((answer) => answer['order'])).toHaveLength(1);
      const refusals = answers.filter((answer) => !answer['order']).flatMap(errorsOf);
      expect(refusals).toHaveLength(19);
      for (const refusal of refusals)
        expect(refusal).toMatch(/^(OUT_OF_STOCK lines\.0\.quantity|PRODUCT_CHANGED lines\.0\.productId)$/);
      expect(await scene().alice.product(id)).toMatchObject({ stock: 0, version: 2 });
      const orders = await scan(scene().cotenant.outputs, 'pooled-Orders');
      expect(orders.filter(({ lines }) => (lines as { productId: string }[])[0]?.productId === id)).toHaveLength(1);
    });

    test('ten race to cancel one: the stock comes back once', async () => {
      const { id } = await scene().alice.stock({ stock: 5 });
      const order = await scene().alice.place(id, 3);
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          index % 2 === 0 ? scene().alice.cancelOrder({ id: order.id }) : scene().alice.deleteOrder({ id: order.id }),
        ),
      );
      expect(answers.some((answer) => answer['order'])).toBe(true);
      expect(await scene().alice.product(id)).toMatchObject({ stock: 5 });
    });

    test('move only as the states allow', async () => {
      const { id: productId } = await scene().alice.stock();
      const { id } = await scene().alice.place(productId);
      const refuse = async (status: string) =>
        expect(errorsOf(await scene().alice.updateOrder({ id, status }))).toEqual(['INVALID_STATE status']);
      await leavesNoTrace(scene(), async () => {
        for (const status of ['PLACED', 'SHIPPED', 'DELIVERED', 'CANCELLED']) await refuse(status);
        expect(errorsOf(await scene().alice.updateOrder({ id, status: 'PAID', expectedVersion: 9 }))).toEqual([
          'VERSION_CONFLICT expectedVersion',
        ]);
      });
      await scene().alice.updateOrder({ id, status: 'PAID' });
      await scene().alice.updateOrder({ id, status: 'SHIPPED' });
      await leavesNoTrace(scene(), async () => {
        for (const status of ['PLACED', 'PAID', 'SHIPPED', 'CANCELLED']) await refuse(status);
        expect(errorsOf(await scene().alice.cancelOrder({ id }))).toEqual(['INVALID_STATE id']);
      });
    });
  });
}
