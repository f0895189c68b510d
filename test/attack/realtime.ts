import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, test } from 'vitest';
import { aRegistration, anOperator, publicHeaders, register, untilOnboarded } from '../support/given.ts';
import { type Frame, RealtimeClient } from '../support/realtime.ts';
import { missing, type Scene } from './scene.ts';

type Headers = Readonly<Record<string, string>>;

const product = '{ tenantId type product { id name } }';
const order = '{ tenantId type order { id } }';

/** Subscribers who want to hear what is not theirs. */
export function realtimeAttacks(scene: () => Scene): void {
  const clients: RealtimeClient[] = [];
  afterAll(() => clients.forEach((client) => client.close()));
  const kept = (client: RealtimeClient) => (clients.push(client), client);
  const enter = async (headers: Headers, url = scene().cotenant.outputs.pooled.realtimeUrl) =>
    kept(await RealtimeClient.enter(url, headers));
  const open = async (headers: Headers, url = scene().cotenant.outputs.pooled.realtimeUrl) =>
    kept(await RealtimeClient.open(url, headers));
  const headersOf = (who: 'alice' | 'mallory'): Headers => scene().companies[who].admin.headers;
  const productOf = (frame: unknown) =>
    (frame as { onProductChanged: { product: { id: string } } }).onProductChanged.product.id;

  describe('subscribers of two tenants', () => {
    test('hear their own products and orders, and nothing of the other’s', async () => {
      const alice = await enter(headersOf('alice'));
      const mallory = await enter(headersOf('mallory'));
      const subscriptions = {
        plain: [`subscription { onProductChanged ${product} }`, {}],
        aliased: [`subscription { x: onProductChanged ${product} }`, {}],
        named: [`subscription Alices { onProductChanged ${product} }`, { tenantId: scene().companies.alice.tenantId }],
        orders: [`subscription { onOrderChanged ${order} }`, {}],
      } as const;
      for (const [id, [query, variables]] of Object.entries(subscriptions)) {
        expect(await mallory.start(id, query, headersOf('mallory'), variables)).toMatchObject({ type: 'start_ack' });
      }
      expect(await alice.start('plain', subscriptions.plain[0], headersOf('alice'))).toMatchObject({
        type: 'start_ack',
      });
      expect(await alice.start('orders', subscriptions.orders[0], headersOf('alice'))).toMatchObject({
        type: 'start_ack',
      });

      const hers = await scene().alice.stock({ name: 'Alice’s' });
      await scene().alice.place(hers.id);
      await scene().alice.deleteProduct({ id: hers.id });
      const his = await scene().mallory.stock({ name: 'Mallory’s' });
      await alice.until(() => alice.heard('plain').length === 3 && alice.heard('orders').length === 1);
      await mallory.until(() => mallory.heard('plain').length === 1);
      // What would come wrongly would have come by now, or does soon.
      await sleep(300);
      expect(alice.heard('plain').map(productOf)).toEqual([hers.id, hers.id, hers.id]);
      expect(mallory.heard('plain').map(productOf)).toEqual([his.id]);
      expect(mallory.heard('named').map(productOf)).toEqual([his.id]);
      expect(mallory.heard('orders')).toEqual([]);
      expect(JSON.stringify(mallory.frames)).not.toContain(hers.id);
      expect(JSON.stringify(mallory.frames)).not.toContain(scene().companies.alice.tenantId);
      expect(JSON.stringify(alice.frames)).not.toContain(his.id);
    });

    test('cannot ask for another’s by an argument', async () => {
      const mallory = await enter(headersOf('mallory'));
      const { tenantId } = scene().companies.alice;
      const queries: [string, object][] = [
        [`subscription { onProductChanged(tenantId: "${tenantId}") ${product} }`, {}],
        [`subscription S($tenantId: ID!) { onProductChanged(tenantId: $tenantId) ${product} }`, { tenantId }],
        [`subscription { onProductChanged(filter: {tenantId: {eq: "${tenantId}"}}) ${product} }`, {}],
        [`subscription { onProductChanged ${product} onOrderChanged ${order} }`, {}],
        ['subscription { onTenantChanged { id } }', {}],
      ];
      for (const [index, [query, variables]] of queries.entries()) {
        const answer = await mallory.start(`q${index}`, query, headersOf('mallory'), variables);
        expect(answer).toMatchObject({ type: 'error', payload: { errors: [{ message: expect.any(String) }] } });
      }
      await scene().alice.stock();
      await sleep(300);
      expect(mallory.frames.filter(({ type }) => type === 'data')).toEqual([]);
    });

    test('cannot use the connection of one for the token of another’s id', async () => {
      const mallory = await enter(headersOf('mallory'));
      const odd = {
        ...headersOf('mallory'),
        tenantId: scene().companies.alice.tenantId,
        'x-tenant-id': scene().companies.alice.tenantId,
      };
      expect(await mallory.start('odd', `subscription { onProductChanged ${product} }`, odd)).toMatchObject({
        type: 'start_ack',
      });
      const { id } = await scene().alice.stock();
      const { id: own } = await scene().mallory.stock();
      await mallory.until(() => mallory.heard('odd').length > 0);
      await sleep(200);
      expect(mallory.heard('odd').map(productOf)).toEqual([own]);
      expect(JSON.stringify(mallory.frames)).not.toContain(id);
    });
  });

  describe('the door of the realtime endpoint', () => {
    test.each([
      ['no token', {}],
      ['garbage', { authorization: 'garbage' }],
      ['a forged token', { authorization: 'FORGED' }],
      ['a public key, where there is none', { 'x-api-key': 'KEY' }],
      ['a made-up key', { 'x-api-key': 'da2-aaaaaaaaaaaaaaaaaaaaaaaaaa' }],
    ])('is shut to %s', async (_, headers) => {
      const { outputs } = scene().cotenant;
      const { authorization } = headersOf('alice');
      const text = JSON.stringify(headers)
        .replace('FORGED', `${authorization?.slice(0, -5) ?? ''}AAAAA`)
        .replace('KEY', outputs.controlPlane.apiKey);
      const client = await open(JSON.parse(text) as Headers);
      client.send({ type: 'connection_init' });
      expect(await client.until((frame) => frame.type === 'connection_error')).toMatchObject({
        payload: { errors: [{ errorType: 'UnauthorizedException' }] },
      });
      client.send({
        id: '1',
        type: 'start',
        payload: {
          data: JSON.stringify({ query: `subscription { onProductChanged ${product} }` }),
          extensions: { authorization: headersOf('alice') },
        },
      });
      await sleep(100);
      expect(client.frames.filter(({ type }) => type === 'start_ack')).toEqual([]);
    });

    test('each start is judged by its own token', async () => {
      const client = await enter(headersOf('mallory'));
      const { authorization } = headersOf('alice');
      const operator = await anOperator(scene().cotenant.outputs);
      const forged: Headers[] = [
        {},
        { authorization: 'x' },
        { authorization: `${authorization?.slice(0, -5) ?? ''}AAAAA` },
        operator.headers,
        publicHeaders(scene().cotenant.outputs),
      ];
      for (const [index, headers] of forged.entries()) {
        const answer = await client.start(`f${index}`, `subscription { onProductChanged ${product} }`, headers);
        expect(answer).toMatchObject({ type: 'error', payload: { errors: [{ errorType: 'UnauthorizedException' }] } });
      }
    });

    test('garbage is answered, and harms neither the connection nor the others', async () => {
      const bystander = await enter(headersOf('alice'));
      await bystander.start('by', `subscription { onProductChanged ${product} }`, headersOf('alice'));
      const client = await enter(headersOf('mallory'));
      const frames: (object | string | Buffer)[] = [
        'no json',
        '',
        '[]',
        'null',
        '5',
        '"x"',
        '{}',
        Buffer.from([0, 255, 254]),
        { type: 5 },
        { type: 'nope' },
        { type: 'start' },
        { type: 'start', id: 5 },
        { type: 'start', id: 'x'.repeat(500) },
        { type: 'start', id: 'a' },
        { type: 'start', id: 'b', payload: null },
        { type: 'start', id: 'c', payload: { data: 5 } },
        { type: 'start', id: 'd', payload: { data: 'no json', extensions: { authorization: headersOf('mallory') } } },
        {
          type: 'start',
          id: 'e',
          payload: { data: '{"query":"subscription { nope }"}', extensions: { authorization: headersOf('mallory') } },
        },
        {
          type: 'start',
          id: 'f',
          payload: {
            data: '{"query":"mutation { deleteOrder(input: {id: \\"x\\"}) { order { id } } }"}',
            extensions: { authorization: headersOf('mallory') },
          },
        },
        { type: 'stop', id: 'never' },
        { type: '__proto__', id: 'g', payload: { constructor: {} } },
        { type: 'connection_terminate' },
      ];
      for (const frame of frames) client.send(frame);
      await client.until(() => client.frames.filter(({ type }) => type === 'error').length >= frames.length);
      expect(
        await client.start('good', `subscription { onProductChanged ${product} }`, headersOf('mallory')),
      ).toMatchObject({ type: 'start_ack' });
      expect(
        await client.start('good', `subscription { onProductChanged ${product} }`, headersOf('mallory')),
      ).toMatchObject({});
      expect(client.frames.filter(({ id, type }) => id === 'good' && type === 'error').length).toBeLessThanOrEqual(1);
      await scene().alice.stock();
      await bystander.until(() => bystander.heard('by').length === 1);
    });

    test('of 300 subscriptions on one connection some are refused, and the rest work', async () => {
      const client = await enter(headersOf('alice'));
      const data = JSON.stringify({ query: `subscription { onProductChanged ${product} }` });
      for (let index = 0; index < 300; index += 1) {
        client.send({
          id: `s${index}`,
          type: 'start',
          payload: { data, extensions: { authorization: headersOf('alice') } },
        });
      }
      const answers = (type: string): Frame[] => client.frames.filter((frame) => frame.type === type);
      await client.until(() => answers('start_ack').length + answers('error').length >= 300, 20_000);
      expect(answers('start_ack').length).toBeLessThanOrEqual(200);
      const types = new Set(answers('error').map(({ payload }) => payload?.errors?.[0]?.errorType));
      expect([...types].every((type) => type === 'MaxSubscriptionsReachedError' || type === 'TooManyRequests')).toBe(
        true,
      );
      client.close();
    });
  });

  describe('an onboarding', () => {
    test('is followed by whoever knows its id, and tells nothing of another', async () => {
      const { outputs } = scene().cotenant;
      const headers = publicHeaders(outputs);
      const client = await enter(headers, outputs.controlPlane.realtimeUrl);
      const query = 'subscription S($id: ID!) { onRegistrationProgress(id: $id) { id slug status } }';
      const mine = aRegistration();
      const { registration } = await register(outputs, mine);
      const id = registration?.id ?? '';
      for (const [name, value] of Object.entries({ mine: id, none: missing, star: 'x', proto: '__proto__-' })) {
        const answer = await client.start(name, query, headers, { id: value });
        if (value === '__proto__-')
          expect(answer).toMatchObject({ type: 'error', payload: { errors: [{ errorType: 'BadRequest' }] } });
        else expect(answer.type).toBe('start_ack');
      }
      for (const [name, text] of Object.entries({
        without: 'subscription { onRegistrationProgress { id } }',
        nothing: 'subscription { onRegistrationProgress(id: null) { id } }',
      })) {
        expect((await client.start(name, text, headers)).type).toBe('error');
      }
      for (const value of ['', '*', 'a\u0000', 'x'.repeat(300)]) {
        expect((await client.start(`bad${value.length}`, query, headers, { id: value })).type).toBe('error');
      }
      const theirs = aRegistration();
      const other = await register(outputs, theirs);
      await untilOnboarded(outputs, other.registration?.id ?? '');
      await untilOnboarded(outputs, id);
      await sleep(500);
      expect(JSON.stringify(client.frames)).not.toContain(theirs.slug);
      for (const name of ['none', 'star']) expect(client.heard(name)).toEqual([]);
      for (const heard of client.heard('mine'))
        expect(heard).toMatchObject({ onRegistrationProgress: { id, slug: mine.slug } });
    });

    test('tenants’ changes are for operators only', async () => {
      const { outputs } = scene().cotenant;
      const headers = publicHeaders(outputs);
      const client = await enter(headers, outputs.controlPlane.realtimeUrl);
      const answer = await client.start('t', 'subscription { onTenantChanged { id slug } }', headers);
      expect(answer).toMatchObject({ type: 'error', payload: { errors: [{ errorType: 'Unauthorized' }] } });
    });
  });
}
