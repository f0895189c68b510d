import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import type { Cotenant } from '../../test/support/start-cotenant.ts';

/** Milliseconds in which a process opens its inspector, and answers it. */
const patience = 10_000;
const look = 50;

/**
 * Bytes that the system's first process holds after its garbage is gone: its heap and its buffers, by Node.js's inspector. What the kernel holds for
 * its sockets is not in it.
 */
export async function heapOf({ pid, output }: Pick<Cotenant, 'pid' | 'output'>): Promise<number> {
  const inspector = new WebSocket(await openInspector(pid, output));
  await once(inspector, 'open', { signal: AbortSignal.timeout(patience) });
  try {
    // What the first finds to be garbage may have held more.
    for (let collection = 0; collection < 2; collection += 1) await ask(inspector, 'HeapProfiler.collectGarbage', {});
    const expression = 'const { heapUsed, external } = process.memoryUsage(); heapUsed + external';
    const { result } = (await ask(inspector, 'Runtime.evaluate', { expression: `{ ${expression} }` })) as {
      readonly result: { readonly value?: unknown };
    };
    if (typeof result.value === 'number') return result.value;
    throw new Error(`The process ${pid} said of its memory ${JSON.stringify(result)}: expected a number of bytes`);
  } finally {
    inspector.close();
  }
}

/** Where it listens: always at the same port, so that another process that is inspected is in its way. */
async function openInspector(pid: number, output: Cotenant['output']): Promise<string> {
  process.kill(pid, 'SIGUSR1');
  for (const end = performance.now() + patience; performance.now() < end; await sleep(look)) {
    const address = /Debugger listening on (ws:\S+)/.exec(output())?.[1];
    if (address !== undefined) return address;
    const failure = /Starting inspector on .* failed: .*/.exec(output())?.[0];
    if (failure !== undefined) throw new Error(`${failure}. End the process that is inspected there`);
  }
  throw new Error(`The process ${pid} opened no inspector within ${patience / 1000} s`);
}

let asked = 0;

async function ask(inspector: WebSocket, method: string, params: object): Promise<unknown> {
  const id = (asked += 1);
  inspector.send(JSON.stringify({ id, method, params }));
  const signal = AbortSignal.timeout(patience);
  for (;;) {
    const [message] = (await once(inspector, 'message', { signal })) as [Buffer];
    const answer = JSON.parse(message.toString()) as { readonly id?: number; readonly result?: unknown };
    if (answer.id === id) return answer.result;
  }
}
