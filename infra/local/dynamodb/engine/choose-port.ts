import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Below the ports that systems give to whoever asks for any, Linux from 32768 on: while the engine is started again, nobody is given its own. */
const lowest = 20_000;
const highest = 32_000;
const attempts = 100;

/**
 * The engine reports no port that the system chose for it, so one is chosen here: free at `host`, and at 127.0.0.1, since the engine
 * takes a port for used that somebody listens on there.
 */
export async function choosePort(host: string, pick = () => randomInt(lowest, highest)): Promise<number> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const port = pick();
    if ((await isFree(port, host)) && (await isFree(port, '127.0.0.1'))) return port;
  }
  throw new Error(`None of ${attempts} ports from ${lowest} to ${highest} was free at ${host} and at 127.0.0.1`);
}

async function isFree(port: number, host: string): Promise<boolean> {
  const server = createServer();
  const free = await new Promise<boolean>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    server.listen(port, host, () => resolve(true));
  });
  if (free) await new Promise((resolve) => server.close(resolve));
  return free;
}
