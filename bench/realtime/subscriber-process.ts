import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Heard, Subscribers } from './protocol.ts';

export interface SubscriberProcess {
  subscribe(subscribers: Subscribers): Promise<void>;
  report(): Promise<readonly Heard[]>;
  /** Closes all connections; may be called again. */
  end(): Promise<void>;
}

/** The subscribers in a process of their own, so that their work is not the server's. */
export function startSubscribers(): SubscriberProcess {
  const child = spawn(process.execPath, ['bin/run.mjs', 'bench/realtime/subscribers.ts'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const ended = exit.then((code) => Promise.reject(new Error(`The process of the subscribers ended with ${code}`)));
  ended.catch(() => undefined);
  const lines = createInterface(child.stdout);
  const ask = async (line: string): Promise<unknown> => {
    const answer = new Promise<string>((resolve) => lines.once('line', resolve));
    child.stdin.write(`${line}\n`);
    return JSON.parse(await Promise.race([answer, ended]));
  };
  return {
    subscribe: async (subscribers) => void (await ask(JSON.stringify(subscribers))),
    report: async () => (await ask('report')) as readonly Heard[],
    end: async () => {
      if (child.exitCode === null && child.signalCode === null) child.stdin.write('end\n');
      await exit;
    },
  };
}
