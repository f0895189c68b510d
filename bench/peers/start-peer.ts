import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import type { Tables } from '../shops/shop.ts';

export interface PeerSettings {
  /** Where the DynamoDB engine listens. */
  readonly engine: string;
  readonly region: string;
  readonly tables: Pick<Tables, 'products' | 'orders' | 'users' | 'tenants'>;
  /** The files of the schema. */
  readonly schema: readonly string[];
}

export interface Peer {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** What a peer says after its start belongs to no table; what it said before its end is told. */
const keptCharacters = 4000;

/** A peer in a process of its own, as its users would run it in production. */
export async function startPeer<Settings extends Pick<PeerSettings, 'engine'>>(
  program: string,
  settings: Settings,
): Promise<Peer> {
  const child = spawn(process.execPath, [program, JSON.stringify(settings)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NODE_ENV: 'production', AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  });
  const ended = once(child, 'exit');
  let words = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    words = (words + text).slice(-keptCharacters);
  });
  for await (const line of createInterface(child.stdout)) {
    const url = urlOf(line);
    if (url === undefined) continue;
    // A pipe that nobody reads would stop it.
    child.stdout.resume();
    return {
      url,
      pid: child.pid ?? 0,
      stop: async () => {
        child.kill('SIGKILL');
        await ended;
      },
    };
  }
  await ended;
  throw new Error(`The peer ${program} ended before it said where it is:\n${words}`);
}

function urlOf(line: string): string | undefined {
  if (!line.startsWith('{"url":')) return undefined;
  const { url } = JSON.parse(line) as { readonly url?: unknown };
  return typeof url === 'string' ? url : undefined;
}
