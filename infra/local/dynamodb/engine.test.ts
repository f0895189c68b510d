import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { callEngine } from './engine-client.ts';
import { startEngine } from './engine.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engine-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const createTable = (endpoint: string) =>
  callEngine(endpoint, 'CreateTable', {
    TableName: 'things',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
  });
const put = (endpoint: string, id: string) =>
  callEngine(endpoint, 'PutItem', { TableName: 'things', Item: { id: { S: id } } });
const count = async (endpoint: string) => (await callEngine(endpoint, 'Scan', { TableName: 'things' }))['Count'];
const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};
const until = async (condition: () => boolean): Promise<void> => {
  for (let attempt = 0; attempt < 400 && !condition(); attempt += 1) await sleep(10);
  expect(condition()).toBe(true);
};

test('what was acknowledged survives the kill of the engine, which is started again where it was', async () => {
  const reasons: string[] = [];
  const engine = await startEngine({ folder, variables: {}, onRestart: (reason) => reasons.push(reason) });
  await createTable(engine.endpoint);
  const first = engine.pid() as number;

  let acknowledged = 0;
  let killed = false;
  await Promise.all(
    Array.from({ length: 8 }, async (_, writer) => {
      for (let index = 0; !killed; index += 1) {
        try {
          await put(engine.endpoint, `${writer}-${index}`);
          acknowledged += 1;
          if (acknowledged === 200) process.kill(first, 'SIGKILL');
        } catch (error) {
          expect(error).toMatchObject({ code: 'InternalServerError' });
          killed = true;
        }
      }
    }),
  );
  expect(await count(engine.endpoint)).toBeGreaterThanOrEqual(acknowledged);
  expect(engine.pid()).not.toBe(first);
  expect(reasons).toEqual([expect.stringContaining('SIGKILL')]);
  await engine.stop();
});

test('a stopped engine leaves its tables to the next start', async () => {
  const engine = await startEngine({ folder, variables: {} });
  await createTable(engine.endpoint);
  await put(engine.endpoint, 'one');
  await engine.stop();
  expect(isAlive(engine.pid() as number)).toBe(false);

  const next = await startEngine({ folder, variables: {} });
  expect(await count(next.endpoint)).toBe(1);
  await next.stop();
});

test('an engine without a folder keeps nothing', async () => {
  const engine = await startEngine({ folder: null, variables: {} });
  await createTable(engine.endpoint);
  await engine.stop();
  const next = await startEngine({ folder: null, variables: {} });
  expect(await callEngine(next.endpoint, 'ListTables', {})).toEqual({ TableNames: [] });
  await next.stop();
});

/** A host in a process of its own, to be killed. */
async function startHost(): Promise<{ host: number; engine: number; gone: Promise<unknown> }> {
  const contents = `
    import { startEngine } from './engine.ts';
    const engine = await startEngine({ folder: ${JSON.stringify(folder)}, variables: {} });
    console.log(engine.pid());
    setInterval(() => {}, 1000);`;
  const outfile = join(import.meta.dirname, `engine.test.${randomUUID()}.mjs`);
  const stdin = { contents, resolveDir: import.meta.dirname };
  await build({ stdin, outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external' });
  const child = spawn(process.execPath, [outfile], { stdio: ['ignore', 'pipe', 'inherit'] });
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const text = await new Promise<string>((resolve) => child.stdout.once('data', (chunk) => resolve(String(chunk))));
  await rm(outfile);
  return { host: child.pid as number, engine: Number(text), gone };
}

test('an engine does not outlive a killed host', async () => {
  const { host, engine, gone } = await startHost();
  expect(isAlive(engine)).toBe(true);
  process.kill(host, 'SIGKILL');
  await gone;
  await until(() => !isAlive(engine));
});

test('a second host on the folder of a running one is refused, on that of a killed one starts', async () => {
  const { host, gone } = await startHost();
  await expect(startEngine({ folder, variables: {} })).rejects.toThrow(
    `in use by another local cloud, process ${host}`,
  );
  process.kill(host, 'SIGKILL');
  await gone;
  const engine = await startEngine({ folder, variables: {} });
  await createTable(engine.endpoint);
  await engine.stop();
});

test('a missing program and a wrong endpoint are named', async () => {
  await expect(startEngine({ folder, variables: { DYNOXIDE_BINARY: '/no/such' } })).rejects.toThrow(
    'DYNOXIDE_BINARY is /no/such: there is no such executable file',
  );
  await expect(startEngine({ folder, variables: { DYNAMODB_ENDPOINT: 'nowhere' } })).rejects.toThrow(
    'DYNAMODB_ENDPOINT is nowhere: expected a URL',
  );
});

test('an engine that runs elsewhere is used and left running', async () => {
  const engine = await startEngine({ folder, variables: {} });
  const same = await startEngine({ folder: null, variables: { DYNAMODB_ENDPOINT: `${engine.endpoint}/` } });
  expect(same.endpoint).toBe(engine.endpoint);
  await same.stop();
  await callEngine(engine.endpoint, 'ListTables', {});
  await engine.stop();
});
