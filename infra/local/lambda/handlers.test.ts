import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { givenLambda, type GivenLambda } from './testing/given-lambda.ts';

let given: GivenLambda;
beforeAll(async () => {
  given = await givenLambda();
});
afterAll(() => given.stop());

describe('handlers', () => {
  test('async, synchronous and with a callback', async () => {
    const code = `
      exports.later = async (event) => ({ later: event.n });
      exports.now = (event) => ({ now: event.n });
      exports.back = (event, context, callback) => { setTimeout(() => callback(null, { back: event.n }), 1); };
      exports.fails = (event, context, callback) => callback(new TypeError('by callback'));
      exports.nothing = async () => undefined;
    `;
    for (const name of ['later', 'now', 'back']) {
      const arn = await given.deploy(`kind-${name}`, code, { Handler: `index.${name}` });
      expect(await given.invoke(arn, { n: 1 })).toEqual({ [name]: 1 });
      expect(await given.invoke(arn, { n: 2 })).toEqual({ [name]: 2 });
    }
    const fails = await given.deploy('kind-fails', code, { Handler: 'index.fails' });
    expect(await given.failure(fails)).toMatchObject({ errorType: 'TypeError', errorMessage: 'by callback' });
    expect(await given.invoke(await given.deploy('kind-nothing', code, { Handler: 'index.nothing' }))).toBeNull();
  });

  test('a callback waits for an empty event loop unless told not to', async () => {
    const code = `
      let done = 0;
      exports.handler = (event, context, callback) => {
        context.callbackWaitsForEmptyEventLoop = event.wait;
        const before = done;
        setTimeout(() => { done += 1; }, 30);
        callback(null, { get done() { return done - before; } });
      };
    `;
    const arn = await given.deploy('callback-waits', code);
    expect(await given.invoke(arn, { wait: true })).toEqual({ done: 1 });
    expect(await given.invoke(arn, { wait: false })).toEqual({ done: 0 });
  });

  test('a promise that nothing will settle ends with the event loop, not with the timeout', async () => {
    const code = 'exports.handler = () => new Promise(() => {});';
    const newer = await given.deploy('unsettled-24', code, { Runtime: 'nodejs24.x' });
    expect(await given.failure(newer)).toMatchObject({ errorType: 'Runtime.NodeJsExit' });
    expect(await given.invoke(await given.deploy('unsettled-22', code, { Runtime: 'nodejs22.x' }))).toBeNull();
  });

  test('from nodejs24.x on there are no callbacks', async () => {
    const code = 'exports.handler = (event, context, callback) => callback(null, 1);';
    const arn = await given.deploy('callback-24', code, { Runtime: 'nodejs24.x' });
    expect(await given.failure(arn)).toMatchObject({ errorType: 'Runtime.CallbackHandlerDeprecated' });
  });

  test('ECMAScript modules and folders', async () => {
    const module = 'export const handler = async () => import.meta.url.startsWith("file:");';
    expect(await given.invoke(await given.deploy('esm', { 'index.mjs': module }))).toBe(true);
    expect(
      await given.invoke(await given.deploy('esm-js', { 'index.js': module, 'package.json': '{"type":"module"}' })),
    ).toBe(true);
    const nested = {
      'src/app.cjs': 'exports.deep = { run: async () => require("./word.json") };',
      'src/word.json': '"hello"',
    };
    expect(await given.invoke(await given.deploy('nested', nested, { Handler: 'src/app.deep.run' }))).toBe('hello');
  });

  test('what is wrong with a package is named as Lambda names it', async () => {
    const handler = 'exports.handler = 1;';
    expect(await given.failure(await given.deploy('w1', handler))).toMatchObject({
      errorType: 'Runtime.HandlerNotFound',
      errorMessage: 'index.handler is not a function',
    });
    expect((await given.failure(await given.deploy('w2', handler, { Handler: 'other.handler' }))).errorType).toBe(
      'Runtime.ImportModuleError',
    );
    expect((await given.failure(await given.deploy('w3', 'require("nowhere")'))).errorType).toBe(
      'Runtime.ImportModuleError',
    );
    expect((await given.failure(await given.deploy('w4', 'exports.handler = ('))).errorType).toBe(
      'Runtime.UserCodeSyntaxError',
    );
    expect(await given.failure(await given.deploy('w5', 'throw new RangeError("at load")'))).toMatchObject({
      errorType: 'RangeError',
      errorMessage: 'at load',
    });
  });

  test('the context says which call this is', async () => {
    const code = `exports.handler = async (event, context) => ({
      ...context, left: context.getRemainingTimeInMillis(), trace: process.env._X_AMZN_TRACE_ID });`;
    const arn = await given.deploy('context', code, { Timeout: 7, MemorySize: 256 });
    const context = (await given.invoke(arn)) as Record<string, unknown>;
    expect(context).toMatchObject({
      functionName: 'context',
      functionVersion: '$LATEST',
      invokedFunctionArn: arn,
      memoryLimitInMB: '256',
      logGroupName: '/aws/lambda/context',
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      trace: expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/) as string,
    });
    expect(context['left']).toBeGreaterThan(6000);
    expect(context['left']).toBeLessThanOrEqual(7000);
    expect(((await given.invoke(arn)) as Record<string, unknown>)['awsRequestId']).not.toBe(context['awsRequestId']);
  });
});

describe('isolation', () => {
  test('a warm worker keeps its state; an update renews it', async () => {
    const counting = 'let n = 0; exports.handler = async () => ++n;';
    const arn = await given.deploy('warm', counting);
    expect([await given.invoke(arn), await given.invoke(arn), await given.invoke(arn)]).toEqual([1, 2, 3]);
    await given.deploy('warm', counting, { Environment: { Variables: { CHANGED: 'yes' } } });
    expect(await given.invoke(arn)).toBe(1);
  });

  test('nothing of the environment of the host leaks', async () => {
    process.env['SECRET_OF_THE_HOST'] = 'secret';
    const code = 'exports.handler = async () => ({ ...process.env });';
    const arn = await given.deploy('environment', code, { Environment: { Variables: { COLOUR: 'red' } } });
    const variables = (await given.invoke(arn)) as Record<string, string>;
    delete process.env['SECRET_OF_THE_HOST'];
    expect(variables).toMatchObject({
      COLOUR: 'red',
      AWS_REGION: 'us-east-1',
      AWS_DEFAULT_REGION: 'us-east-1',
      AWS_LAMBDA_FUNCTION_NAME: 'environment',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_ENDPOINT_URL: 'http://localhost:4566',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SESSION_TOKEN: 'test',
      _HANDLER: 'index.handler',
    });
    expect(variables['SECRET_OF_THE_HOST']).toBeUndefined();
    expect(Object.keys(variables).filter((name) => /^(HOME|USER|npm_|VITEST|NODE_)/.test(name))).toEqual([]);
  });

  test('an endless loop ends with the timeout, and the next event is served', async () => {
    const code = 'exports.handler = async (event) => { if (event.spin) for (;;); return "fine"; };';
    const arn = await given.deploy('spin', code, { Timeout: 1 });
    const error = await given.failure(arn, { spin: true });
    expect(error.errorType).toBe('Sandbox.Timedout');
    expect(error.errorMessage).toMatch(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 1.00 seconds$/);
    expect(await given.invoke(arn)).toBe('fine');
    expect(given.logged.get('/aws/lambda/spin')?.some((line) => line.endsWith('Status: timeout'))).toBe(true);
  });

  test('an error in the handler is told with its type and trace, and the worker lives on', async () => {
    const code = `let n = 0; class Refusal extends Error { name = 'Refusal'; }
      exports.handler = async () => { n += 1; if (n === 1) throw new Refusal('not today'); return n; };`;
    const arn = await given.deploy('throws', code);
    const error = await given.failure(arn);
    expect(error).toMatchObject({ errorType: 'Refusal', errorMessage: 'not today' });
    expect(error.trace?.[0]).toMatch(/: not today$/);
    expect(await given.invoke(arn)).toBe(2);
  });

  test('exit, crash and unhandled rejection end the worker only', async () => {
    const code = `exports.handler = async ({ how }) => {
      if (how === 'exit') process.exit(3);
      if (how === 'quit') process.exit(0);
      if (how === 'crash') setTimeout(() => { throw new TypeError('from a timer'); }, 1);
      if (how === 'reject') Promise.reject(new Error('nobody listens'));
      if (how) await new Promise((resolve) => setTimeout(resolve, 1000));
      return 'fine';
    };`;
    const arn = await given.deploy('crash', code);
    expect(await given.failure(arn, { how: 'exit' })).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Runtime exited with error: exit status 3$/) as string,
    });
    expect((await given.failure(arn, { how: 'quit' })).errorMessage).toMatch(
      /Runtime exited without providing a reason$/,
    );
    expect(await given.failure(arn, { how: 'crash' })).toMatchObject({
      errorType: 'TypeError',
      errorMessage: 'from a timer',
    });
    expect(await given.failure(arn, { how: 'reject' })).toMatchObject({
      errorType: 'Runtime.UnhandledPromiseRejection',
      errorMessage: 'Error: nobody listens',
    });
    expect(await given.invoke(arn)).toBe('fine');
  });

  test('a heap that is full ends the worker only', async () => {
    const code = `exports.handler = async ({ fill }) => {
      const kept = []; while (fill) kept.push({ at: kept.length, text: 'x'.repeat(10) + kept.length }); return 'fine'; };`;
    const arn = await given.deploy('heap', code, { Timeout: 30 });
    expect(await given.failure(arn, { fill: true })).toMatchObject({
      errorType: 'Runtime.OutOfMemory',
      errorMessage: expect.stringContaining('signal: killed') as string,
    });
    expect(await given.invoke(arn)).toBe('fine');
  });

  test('events of one function run side by side, one a worker, and wait beyond four', async () => {
    const code = `let running = 0, n = 0; exports.handler = async () => {
      running += 1; const most = running; n += 1;
      await new Promise((resolve) => setTimeout(resolve, 60));
      running -= 1; return { most, worker: process.env.AWS_LAMBDA_LOG_STREAM_NAME };
    };`;
    const arn = await given.deploy('many', code);
    const answers = (await Promise.all(Array.from({ length: 24 }, () => given.invoke(arn)))) as {
      most: number;
      worker: string;
    }[];
    expect(answers.every(({ most }) => most === 1)).toBe(true);
    const workers = new Set(answers.map(({ worker }) => worker)).size;
    expect(workers).toBeGreaterThan(1);
    expect(workers).toBeLessThanOrEqual(4);
  });

  test('reserved concurrency bounds a function; none at all refuses its events', async () => {
    const code = `exports.handler = async () => {
      await new Promise((resolve) => setTimeout(resolve, 40)); return process.env.AWS_LAMBDA_LOG_STREAM_NAME; };`;
    const arn = await given.deploy('reserved', code, { ReservedConcurrentExecutions: 1 });
    expect(new Set(await Promise.all([1, 2, 3].map(() => given.invoke(arn)))).size).toBe(1);
    await given.deploy('reserved', code, { ReservedConcurrentExecutions: 0 });
    await expect(given.invoke(arn)).rejects.toMatchObject({ code: 'TooManyRequestsException', status: 429 });
  });

  test('an answer that is too large, or is no JSON, is an error', async () => {
    const code = `exports.handler = async ({ how }) => {
      if (how === 'large') return 'x'.repeat(7 * 1024 * 1024);
      const ring = {}; ring.self = ring; return ring; };`;
    const arn = await given.deploy('answers', code);
    expect((await given.failure(arn, { how: 'large' })).errorType).toBe('Function.ResponseSizeTooLarge');
    expect((await given.failure(arn)).errorMessage).toBe('Unable to stringify response body');
    await expect(given.invoke(arn, 'x'.repeat(7 * 1024 * 1024))).rejects.toMatchObject({
      code: 'RequestTooLargeException',
      status: 413,
    });
  });
});

test('every invocation is measured', async () => {
  const recorded: unknown[] = [];
  const measured = await givenLambda({ metrics: { record: (...metric) => recorded.push(metric) } });
  const arn = await measured.deploy('measured', 'exports.handler = async ({ fail }) => { if (fail) throw fail; };');
  await measured.invoke(arn);
  await measured.failure(arn, { fail: true });
  await measured.stop();
  const Duration = expect.any(Number) as number;
  expect(recorded).toEqual([
    ['AWS/Lambda', { FunctionName: 'measured' }, { Invocations: 1, Errors: 0, Duration }],
    ['AWS/Lambda', { FunctionName: 'measured' }, { Invocations: 1, Errors: 1, Duration }],
  ]);
});

describe('logs', () => {
  test('START, the output, END and REPORT; console is dressed up, lines of stdout are not', async () => {
    const code = `const { Console } = require('node:console');
      console.info('loaded');
      const own = new Console({ stdout: process.stdout, stderr: process.stderr });
      exports.handler = async () => { console.log('a %s', 'b', { c: 1 }); console.error('bad'); own.log('{"json":1}'); };`;
    const arn = await given.deploy('logging', code);
    await given.invoke(arn);
    await given.invoke(arn);
    const lines = given.logged.get('/aws/lambda/logging') ?? [];
    const id = '[0-9a-f-]{36}';
    const time = '\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z';
    const patterns = [
      `^${time}\tundefined\tINFO\tloaded$`,
      `^START RequestId: ${id} Version: \\$LATEST$`,
      `^${time}\t${id}\tINFO\ta b \\{ c: 1 \\}$`,
      `^${time}\t${id}\tERROR\tbad$`,
      `^\\{"json":1\\}$`,
      `^END RequestId: ${id}$`,
      `^REPORT RequestId: ${id}\tDuration: [\\d.]+ ms\tBilled Duration: \\d+ ms\tMemory Size: 128 MB\tMax Memory Used: \\d+ MB\tInit Duration: [\\d.]+ ms$`,
      `^START`,
    ];
    patterns.forEach((pattern, index) => expect(lines[index]).toMatch(new RegExp(pattern)));
    expect(lines.at(-1)).toMatch(/^REPORT RequestId: .* Max Memory Used: \d+ MB$|^REPORT .*MB$/);
    expect(lines.at(-1)).not.toContain('Init Duration');
  });

  test('JSON format', async () => {
    const arn = await given.deploy(
      'json-logging',
      `exports.handler = async () => {
      console.debug('hidden'); console.warn({ odd: true }); console.error('bad', new TypeError('worse')); };`,
      {
        LoggingConfig: { LogFormat: 'JSON', LogGroup: 'my-group' },
      },
    );
    await given.invoke(arn);
    const entries = (given.logged.get('my-group') ?? []).map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(entries).toMatchObject([
      { type: 'platform.start', record: { version: '$LATEST' } },
      { level: 'WARN', message: { odd: true } },
      { level: 'ERROR', errorType: 'TypeError', errorMessage: 'worse' },
      { type: 'platform.report', record: { status: 'success', metrics: { memorySizeMB: 128 } } },
    ]);
  });
});
