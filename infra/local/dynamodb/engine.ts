import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SetupError } from '../errors.ts';
import { callEngine } from './engine-client.ts';
import { choosePort } from './engine/choose-port.ts';
import { findBinary } from './engine/find-binary.ts';
import { claimFolder } from './engine/claim-folder.ts';
import { prepareDatabase } from './prepare-database.ts';
import { startWatchdog } from './engine/watchdog.ts';
import { spawnEngine, type EngineProcess } from './engine/spawn-engine.ts';

export interface EngineOptions {
  /** Where the tables are kept; null keeps them in memory. */
  readonly folder: string | null;
  /** `DYNAMODB_ENDPOINT` names an engine that runs already, `DYNOXIDE_BINARY` the program to start. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** Told when the engine died and is started again. */
  onRestart?(reason: string): void;
}

export interface Engine {
  /** `http://127.83.4.190:41234`; stays the same when the engine is started again. */
  readonly endpoint: string;
  /** The engine's process; absent where it is not ours. */
  pid(): number | undefined;
  stop(): Promise<void>;
}

/** Between two starts of an engine that keeps dying: doubles from this to the most. */
const firstPause = 20;
const longestPause = 2000;

/**
 * Starts the DynamoDB engine (dynoxide) and answers once it takes calls. An engine that dies is started again on the
 * same port; one whose host was killed is ended by a watchdog, or at the latest by the next start on its folder.
 */
export async function startEngine({ folder, variables = process.env, onRestart }: EngineOptions): Promise<Engine> {
  const given = variables['DYNAMODB_ENDPOINT'];
  if (given) return await useRunningEngine(given);

  const binary = findBinary(variables['DYNOXIDE_BINARY']);
  if (folder !== null) await mkdir(folder, { recursive: true });
  const database = folder === null ? undefined : join(folder, 'dynamodb.sqlite');
  const claim = folder === null ? undefined : await claimFolder(folder);
  if (database !== undefined) await prepareDatabase(database);
  const watchdog = startWatchdog();
  const host = chooseHost();
  const port = await choosePort(host);
  const endpoint = `http://${host}:${port}`;

  let stopping = false;
  let current: EngineProcess | undefined;
  const spawn = (): EngineProcess => {
    const engine = spawnEngine(binary, { host, port }, database);
    watchdog.guard(engine.pid);
    claim?.record(engine.pid);
    return engine;
  };

  const keepAlive = async (): Promise<void> => {
    let pause = firstPause;
    for (;;) {
      const started = performance.now();
      current = spawn();
      const reason = await current.ended;
      if (stopping) return;
      onRestart?.(reason);
      pause = performance.now() - started > longestPause ? firstPause : Math.min(pause * 2, longestPause);
      await sleep(pause);
      if (stopping) return;
    }
  };

  const life = keepAlive();
  const stop = async (): Promise<void> => {
    stopping = true;
    current?.end();
    await life;
    watchdog.stop();
    claim?.release();
  };
  try {
    // The call itself waits for an engine that does not listen yet.
    await callEngine(endpoint, 'ListTables', { Limit: 1 });
  } catch (error) {
    await stop();
    const said = current?.lastWords() ?? '';
    throw new Error(`The DynamoDB engine ${binary} did not start on port ${port}: ${said || String(error)}`);
  }
  return { endpoint, pid: () => current?.pid, stop };
}

async function useRunningEngine(given: string): Promise<Engine> {
  if (!URL.canParse(given))
    throw new SetupError(`DYNAMODB_ENDPOINT is ${given}: expected a URL like http://127.0.0.1:8000`);
  const endpoint = given.replace(/\/+$/, '');
  await callEngine(endpoint, 'ListTables', { Limit: 1 });
  return { endpoint, pid: () => undefined, stop: () => Promise.resolve() };
}

/**
 * The engine asks nobody who they are and lets pages of any origin in, so on Linux, where all of 127.0.0.0/8 is this machine, it
 * listens where no page can guess: at one of 16 million addresses, on any port.
 */
function chooseHost(): string {
  return process.platform === 'linux'
    ? ['127', ...randomBytes(3).map((byte) => 1 + (byte % 254))].join('.')
    : '127.0.0.1';
}
