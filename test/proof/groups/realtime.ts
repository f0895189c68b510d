import { setTimeout as sleep } from 'node:timers/promises';
import { mutate } from '../../support/mutate.ts';
import { type Frame, RealtimeClient } from '../../support/realtime.ts';
import type { Attack, AttackGroup, Exchange } from '../attack.ts';
import { type Subject, tierPairs, type World } from '../subjects.ts';

const change = 'tenantId type product { id name sku stock }';

/** Subscriptions that a client sends: honest, and widened in every way that the protocol has room for. */
const subscriptions: readonly (readonly [string, (victim: Subject) => { query: string; variables?: object }])[] = [
  ['plain', () => ({ query: `subscription { onProductChanged { ${change} } }` })],
  ['orders', () => ({ query: 'subscription { onOrderChanged { tenantId type order { id lines { name } } } }' })],
  [
    'an argument',
    ({ tenantId }) => ({ query: `subscription { onProductChanged(tenantId: "${tenantId}") { ${change} } }` }),
  ],
  [
    'a variable that no argument takes',
    ({ tenantId }) => ({ query: `subscription { onProductChanged { ${change} } }`, variables: { tenantId } }),
  ],
  [
    'a filter',
    ({ tenantId }) => ({
      query: `subscription S($filter: String) { onProductChanged(filter: $filter) { ${change} } }`,
      variables: { filter: JSON.stringify({ tenantId: { eq: tenantId } }) },
    }),
  ],
  ['an alias', () => ({ query: `subscription { mine: onProductChanged { ${change} } }` })],
  ['two at once', () => ({ query: `subscription { onProductChanged { ${change} } onOrderChanged { tenantId } }` })],
];

/** Live changes: each tenant hears its own, whatever it asks for and however it speaks. */
export function realtimeAttacks(world: World): AttackGroup {
  return {
    name: 'realtime',
    claim: 'No subscription, argument, filter or trick of the protocol lets a tenant hear another’s changes.',
    *attacks() {
      for (const [attacker, victim] of tierPairs(world.subjects)) {
        yield eavesdrop(attacker, victim);
        yield atAnothersDoor(attacker, victim);
      }
      const [attacker] = world.subjects;
      if (!attacker) return;
      for (const [name, abuse] of abuses) yield abused(attacker, name, abuse);
    },
  };
}

const headersOf = (subject: Subject) => ({ authorization: subject.members.TENANT_ADMIN.accessToken });

function toExchange(as: string, sent: string, frames: readonly Frame[]): Exchange {
  return { as, sent, status: 200, answer: JSON.stringify(frames), milliseconds: 0 };
}

/** All the attacker's subscriptions are there while the victim trades; the victim's own shows that the change was told. */
function eavesdrop(attacker: Subject, victim: Subject): Attack {
  return {
    name: `${attacker.tier} → ${victim.tier}: listens while it trades`,
    victim,
    run: async () => {
      const [spy, own] = await Promise.all(
        [attacker, victim].map((subject) => RealtimeClient.enter(subject.place.realtimeUrl, headersOf(subject))),
      );
      if (!spy || !own) throw new Error('No connection');
      try {
        for (const [name, make] of subscriptions) {
          const { query, variables } = make(victim);
          await spy.start(name, query, headersOf(attacker), variables);
        }
        await own.start('own', `subscription { onProductChanged { ${change} } }`, headersOf(victim));
        await touch(victim);
        await own.until((frame) => frame.type === 'data' && frame.id === 'own', 15_000);
        await sleep(200);
        return [toExchange(attacker.slug, 'every subscription', spy.frames)];
      } finally {
        spy.close();
        own.close();
      }
    },
    judge: ([heard]) => (heard?.answer.includes('"type":"data"') ? ['it heard something, and did nothing itself'] : []),
  };
}

/** A change of the victim's that leaves its data as it was. */
async function touch({ place, members, marker }: Subject): Promise<void> {
  const target = { url: place.graphqlUrl, headers: { authorization: members.TENANT_ADMIN.accessToken } };
  const input = { sku: `C-${marker}`, name: `Passing ${marker}`, price: 1, stock: 1 };
  const { product } = await mutate<{ id: string }>(target, 'createProduct', input, 'product { id }');
  await mutate(target, 'deleteProduct', { id: product?.id }, 'product { id }');
}

/** The token of one API at the realtime door of another. The same API admits its own tenants and filters. */
function atAnothersDoor(attacker: Subject, victim: Subject): Attack {
  const same = attacker.place.graphqlUrl === victim.place.graphqlUrl;
  return {
    name: `${attacker.tier} → ${victim.tier}: connects where it trades`,
    victim,
    run: async () => {
      const client = await RealtimeClient.open(victim.place.realtimeUrl, headersOf(attacker));
      try {
        client.send({ type: 'connection_init' });
        await client.until(({ type }) => ['connection_ack', 'connection_error'].includes(type), 15_000);
        return [toExchange(attacker.slug, 'connection_init', client.frames)];
      } finally {
        client.close();
      }
    },
    judge: ([said]) => {
      const admitted = said?.answer.includes('connection_ack') ?? false;
      return admitted === same ? [] : [`${admitted ? 'let in' : 'refused'}: ${said?.answer ?? ''}`];
    },
  };
}

const subscribe = { data: JSON.stringify({ query: `subscription { onProductChanged { ${change} } }` }) };

/** Frames that the protocol does not foresee. None may end the process or let anyone in. */
const abuses: readonly (readonly [string, (client: RealtimeClient, subject: Subject) => void])[] = [
  ['a start without a token', (client) => client.send({ id: '1', type: 'start', payload: subscribe })],
  [
    'a start with a forged token',
    (client) =>
      client.send({
        id: '1',
        type: 'start',
        payload: { ...subscribe, extensions: { authorization: { authorization: 'garbage' } } },
      }),
  ],
  ['a start with an empty payload', (client) => client.send({ id: '1', type: 'start', payload: {} })],
  ['a start without an id', (client) => client.send({ type: 'start', payload: subscribe })],
  ['data from the client', (client) => client.send({ id: '1', type: 'data', payload: { data: {} } })],
  ['an unknown type', (client) => client.send({ type: 'shutdown' })],
  ['a type of the prototype', (client) => client.send({ type: '__proto__', id: 'constructor' })],
  ['no JSON', (client) => client.send('{')],
  ['JSON null', (client) => client.send('null')],
  ['bytes', (client) => client.send(Buffer.from([0, 255, 1]))],
  ['300 KB', (client) => client.send('x'.repeat(300_000))],
  ['stop of what never started', (client) => client.send({ id: 'nothing', type: 'stop' })],
  [
    'a mutation',
    (client, subject) =>
      client.send({
        id: '1',
        type: 'start',
        payload: {
          data: JSON.stringify({ query: 'mutation { deleteProduct(input: {id: "x"}) { product { id } } }' }),
          extensions: { authorization: headersOf(subject) },
        },
      }),
  ],
];

function abused(attacker: Subject, name: string, abuse: (client: RealtimeClient, subject: Subject) => void): Attack {
  return {
    name: `protocol: ${name}`,
    run: async () => {
      const client = await RealtimeClient.enter(attacker.place.realtimeUrl, headersOf(attacker));
      try {
        abuse(client, attacker);
        await sleep(100);
        const frames = [...client.frames];
        // Whoever comes after is served as ever.
        (await RealtimeClient.enter(attacker.place.realtimeUrl, headersOf(attacker))).close();
        return [toExchange(attacker.slug, name, frames)];
      } finally {
        client.close();
      }
    },
    judge: ([said]) => (/start_ack|"type":"data"/.test(said?.answer ?? '') ? [`it was accepted: ${said?.answer}`] : []),
  };
}
