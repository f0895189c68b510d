import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { givenLambda, root, type GivenLambda } from './testing/given-lambda.ts';

let given: GivenLambda;
let neighbour: string;
beforeAll(async () => {
  given = await givenLambda();
  neighbour = await given.deploy('neighbour', 'exports.handler = async () => "fine";');
});
afterAll(() => given.stop());

const killed = 'Runtime exited with error: signal: killed';
const timedOut = 'Task timed out after 1.00 seconds';

describe('a function that ends its process, or tries to', () => {
  test.each([
    ['buffers', 'const kept = []; for (;;) kept.push(Buffer.alloc(16 << 20, 1));', killed],
    ['one huge array', 'new Array(2 ** 32 - 1).fill(0);', killed],
    ['an array that doubles', 'let kept = [0]; for (;;) kept = kept.concat(kept);', killed],
    ['text', "const kept = []; for (;;) kept.push(Buffer.from('x'.repeat(2 ** 26)));", killed],
    [
      'WebAssembly',
      'const m = new WebAssembly.Memory({ initial: 1 }); for (;;) { m.grow(64); new Uint8Array(m.buffer).fill(1); }',
      killed,
    ],
    ['an abort', 'process.abort();', 'process.abort() is not supported in workers'],
    ['SIGKILL', "process.kill(process.pid, 'SIGKILL'); await pause(5000);", killed],
    ['SIGABRT', "process.kill(process.pid, 'SIGABRT'); await pause(5000);", 'signal: aborted'],
    ['SIGSEGV', "process.kill(process.pid, 'SIGSEGV'); await pause(5000);", 'signal: segmentation fault'],
    ['a stack without end', 'const f = () => f() + 1; f();', 'Maximum call stack size exceeded'],
    ['a program', "require('node:child_process').execSync('sleep 60');", timedOut],
    ['a log without end', "for (;;) console.log('x'.repeat(1000));", killed],
  ])(
    '%s',
    async (name, code, message) => {
      const arn = await given.deploy(
        `attack-${name.replaceAll(' ', '-')}`,
        `const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
       exports.handler = async ({ gentle }) => { if (gentle) return 'gentle'; ${code} };`,
        // Those that are to be ended by what they do get time for it on a busy machine.
        { Timeout: message === timedOut ? 1 : 60 },
      );
      expect(await given.invoke(neighbour)).toBe('fine');
      expect((await given.failure(arn)).errorMessage).toMatch(message);
      expect(await given.invoke(neighbour)).toBe('fine');
      expect(await given.invoke(arn, { gentle: true })).toBe('gentle');
    },
    90_000,
  );
});

describe('those that ran in the same process', () => {
  /** Runs until it is told to end by a file. */
  const patient = `const { existsSync } = require('node:fs');
    exports.handler = async ({ until }) => {
      while (until && !existsSync(until)) await new Promise((resolve) => setTimeout(resolve, 10));
      return 'done'; };`;
  const deadly = "exports.handler = async ({ kill }) => { if (kill) process.kill(process.pid, 'SIGKILL'); };";

  test('get an error of Lambda, once: the function that crashes has a process of its own then', async () => {
    const attacker = await given.deploy('deadly', deadly);
    const bystander = await given.deploy('bystander', patient);
    await Promise.all([given.invoke(attacker), given.invoke(bystander)]);

    const first = given.failure(bystander, { until: join(given.folder, 'never') });
    await given.failure(attacker, { kill: true });
    expect(await first).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringContaining('signal: killed') as string,
    });

    const end = join(given.folder, 'end');
    const second = given.invoke(bystander, { until: end });
    const third = given.invoke(await given.deploy('late-bystander', patient), { until: end });
    await given.failure(attacker, { kill: true });
    await given.failure(attacker, { kill: true });
    await writeFile(end, '');
    expect([await second, await third]).toEqual(['done', 'done']);
  });

  test('what a function left running and kills the process later is suspected too', async () => {
    const code = `exports.handler = async ({ wait }) => {
      setTimeout(() => process.kill(process.pid, 'SIGKILL'), wait); return process.pid; };`;
    const arn = await given.deploy('time-bomb', code);
    const pid = await given.invoke(arn, { wait: 50 });
    await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 5000 });
    expect(await given.invoke(neighbour)).toBe('fine');
    expect(await given.invoke(arn, { wait: 60_000 })).not.toBe(await given.invoke(await processIdOf('other')));
  });

  test('an asynchronous event is run again', async () => {
    const attacker = await given.deploy('deadly-too', deadly);
    const marks = join(given.folder, 'marks');
    const bystander = await given.deploy(
      'noted',
      `const { appendFileSync } = require('node:fs');
       exports.handler = async ({ n }, { awsRequestId }) => {
         appendFileSync('${marks}', awsRequestId + '\\n');
         await new Promise((resolve) => setTimeout(resolve, 300));
         appendFileSync('${marks}', 'done ' + awsRequestId + '\\n'); };`,
    );
    await given.invoke(attacker);
    await given.lambda.invokeLater(root, bystander, { n: 1 });
    const lines = async () => (await readFile(marks, 'utf8').catch(() => '')).split('\n').filter(Boolean);
    await vi.waitFor(async () => expect(await lines()).toHaveLength(1), { timeout: 5000 });
    await given.failure(attacker, { kill: true });
    await vi.waitFor(async () => expect(await lines()).toHaveLength(3), { timeout: 10_000 });
    const [id] = await lines();
    expect(await lines()).toEqual([id, id, `done ${id}`]);
  });

  test('a process that is stopped is replaced, and events that it held are answered', async () => {
    const arn = await given.deploy(
      'stops',
      "exports.handler = async () => { process.kill(process.pid, 'SIGSTOP'); await new Promise((r) => setTimeout(r, 9000)); };",
      { Timeout: 1 },
    );
    expect((await given.failure(arn)).errorType).toBe('Sandbox.Timedout');
    expect((await given.failure(neighbour)).errorMessage).toContain('signal: killed');
    expect(await given.invoke(neighbour)).toBe('fine');
  });
});

test('the process has nothing of the environment of the host, and is the first that a machine short of memory ends', async () => {
  process.env['SECRET_OF_THE_HOST'] = 'secret';
  const arn = await given.deploy(
    'proc',
    `exports.handler = async () => ['environ', 'oom_score_adj'].map((name) =>
      require('node:fs').readFileSync('/proc/self/' + name, 'utf8'));`,
  );
  const [environment, score] = (await given.invoke(arn)) as string[];
  delete process.env['SECRET_OF_THE_HOST'];
  expect(environment).not.toContain('SECRET_OF_THE_HOST');
  expect(score).toBe('1000\n');
});

test('kill -9 of the host ends the process, and programs that functions started', async () => {
  const host = spawn(process.execPath, ['bin/run.mjs', 'infra/local/lambda/testing/host-program.ts'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [printed] = (await once(host.stdout, 'data')) as [Buffer];
  const pids = JSON.parse(printed.toString()) as number[];
  expect(pids.map(isAlive)).toEqual([true, true]);
  host.kill('SIGKILL');
  await vi.waitFor(() => expect(pids.map(isAlive)).toEqual([false, false]), { timeout: 5000 });
}, 30_000);

/** A function that answers the process that it runs in. */
function processIdOf(name: string): Promise<string> {
  return given.deploy(name, 'exports.handler = async () => process.pid;');
}

function isAlive(pid: unknown): boolean {
  try {
    return process.kill(Number(pid), 0);
  } catch {
    return false;
  }
}
