import { installPeers } from '../peers/install-peers.ts';
import { type Peer, startPeer } from '../peers/start-peer.ts';
import { relayCallers } from '../relay/relay-callers.ts';
import type { World } from '../shops/world.ts';
import { engineCallers } from './engine-callers.ts';
import { freshTokens, graphqlCallers, named, sameToken } from './graphql-callers.ts';
import type { Target } from './target.ts';

/** The names that the report uses. */
export const names = {
  ours: 'Cotenant',
  asked: 'Cotenant, authorizer asked each time',
  tls: 'Cotenant over TLS',
  yoga: 'GraphQL Yoga + AWS SDK',
  mercurius: 'Mercurius + AWS SDK',
  amplify: 'Amplify’s AppSync simulator',
  relay: 'Node.js that hands on',
  engine: 'the engine alone',
} as const;

export function ourTargets({ outputs, pid }: World): Readonly<Record<'ours' | 'asked' | 'tls', Target>> {
  const { graphqlUrl: url } = outputs.pooled;
  const processes = { system: pid };
  const ours: Target = {
    name: names.ours,
    url,
    processes,
    callers: (operation, shops) => graphqlCallers(shops, operation, sameToken),
  };
  return {
    ours,
    asked: {
      ...ours,
      name: names.asked,
      credentialsOnce: true,
      callers: (operation, shops) => graphqlCallers(shops, operation, freshTokens),
    },
    tls: { ...ours, name: names.tls, url: url.replace(/^http:/, 'https:') },
  };
}

export function engineTarget({ engine, pid, copies }: World): Target {
  return {
    name: names.engine,
    url: engine,
    processes: { system: pid },
    callers: ({ name }, shops) => engineCallers(copies, shops, name),
  };
}

/** The same requests by way of a server that does nothing but send them on. */
export async function startRelayTarget({ engine, pid, copies }: World): Promise<PeerTargets> {
  const relay = await startPeer('bench/relay/relay.mjs', { engine });
  const target: Target = {
    name: names.relay,
    url: relay.url,
    processes: { peer: relay.pid, system: pid },
    callers: ({ name }, shops) => relayCallers(engineCallers(copies, shops, name)),
  };
  return { targets: [target], stop: () => relay.stop() };
}

const programs = [
  { name: names.yoga, program: 'yoga.mjs' },
  { name: names.mercurius, program: 'mercurius.mjs' },
  {
    name: names.amplify,
    program: 'amplify/amplify.mjs',
    lacks: { createOrder: 'it has neither transactions nor batches' },
  },
];

export interface PeerTargets {
  readonly targets: readonly Target[];
  stop(): Promise<void>;
}

/** What people would use instead, on the same engine with the same rows. */
export async function startPeerTargets(
  { outputs, engine, pid, copies }: World,
  say: (line: string) => void,
  wanted: readonly string[] = programs.map(({ name }) => name),
): Promise<PeerTargets> {
  installPeers(say);
  const peers: Peer[] = [];
  const stop = async (): Promise<void> => void (await Promise.all(peers.map((peer) => peer.stop())));
  const { products, orders, users, tenants } = copies;
  const settings = {
    engine,
    region: outputs.region,
    tables: { products, orders, users, tenants },
    schema: ['schema/shared/common.graphql', 'schema/application.graphql'],
  };
  const targets: Target[] = [];
  try {
    for (const { name, program, lacks } of programs.filter((known) => wanted.includes(known.name))) {
      const peer = await startPeer(`bench/peers/${program}`, settings);
      peers.push(peer);
      targets.push({
        name,
        url: peer.url,
        processes: { peer: peer.pid, system: pid },
        callers: (operation, shops) => graphqlCallers(shops, operation, named),
        lacks,
      });
    }
  } catch (error) {
    await stop();
    throw error;
  }
  return { targets, stop };
}
