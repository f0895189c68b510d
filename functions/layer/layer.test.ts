import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Context } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { auditEntry } from './audit-entry.ts';
import { MissingEnvironmentError, readEnvironment } from './environment.ts';
import { resolveFields, UnknownFieldError } from './field-call.ts';
import { checkEmail, checkText } from './input-checks.ts';
import { observe } from './observe.ts';
import { handleChanges } from './stream.ts';
import { logger, metrics, MetricUnit, tracer } from './telemetry.ts';
import { enterTenant } from './tenant-context.ts';

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

test('a function without its variables does not load, and names them all', () => {
  vi.stubEnv('HERE', 'yes');
  vi.stubEnv('EMPTY', '');
  expect(readEnvironment('HERE')).toEqual({ HERE: 'yes' });
  expect(() => readEnvironment('HERE', 'EMPTY', 'ABSENT')).toThrow(MissingEnvironmentError);
  expect(() => readEnvironment('HERE', 'EMPTY', 'ABSENT')).toThrow('EMPTY, ABSENT');
});

describe('observe', () => {
  const context = { functionName: 'f', awsRequestId: 'request-1' } as Context;
  beforeEach(() => logger.setLogLevel('INFO'));

  test('one tenant’s context never reaches the next invocation', async () => {
    const seen: unknown[] = [];
    const handler = observe(async (tenantId: string | null) => {
      if (tenantId) enterTenant({ tenantId, tier: 'BASIC' });
      seen.push(lineOf(() => logger.info('working')));
    });
    await handler('T1', context);
    await handler(null, context);
    expect(seen[0]).toMatchObject({ tenantId: 'T1', tier: 'BASIC', message: 'working' });
    expect(seen[1]).not.toHaveProperty('tenantId');
  });

  test('metrics and the trace say whose work it was', async () => {
    const annotate = vi.spyOn(tracer, 'putAnnotation');
    const written = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await observe(async () => {
      enterTenant({ tenantId: 'T1', tier: 'BASIC' });
      metrics.addMetric('Done', MetricUnit.Count, 1);
    })({}, context);
    const lines = written.mock.calls.map(([line]) => JSON.parse(String(line)) as Record<string, unknown>);
    written.mockRestore();
    const done = lines.find((line) => 'Done' in line);
    expect(done).toMatchObject({ tenantId: 'T1', tier: 'BASIC', Done: 1 });
    expect(JSON.stringify(done?.['_aws'])).toContain('"tier"');
    expect(annotate.mock.calls).toEqual([
      ['tenantId', 'T1'],
      ['tier', 'BASIC'],
    ]);
  });

  test('a fault is logged and still thrown', async () => {
    const line = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const handler = observe(async () => {
      throw new Error('broken');
    });
    await expect(handler({}, context)).rejects.toThrow('broken');
    expect(String(line.mock.calls[0]?.[0])).toContain('broken');
  });

  function lineOf(write: () => void): unknown {
    const spy = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    write();
    const line = String(spy.mock.calls.at(-1)?.[0]);
    spy.mockRestore();
    return JSON.parse(line);
  }
});

describe('handleChanges', () => {
  const event = { Records: ['a', 'b', 'c'].map((id) => ({ eventID: id, dynamodb: { SequenceNumber: id } })) };

  test.each([
    ['stop', ['a', 'b'], ['b']],
    ['continue', ['a', 'b', 'c'], ['b']],
  ] as const)('after a fault: %s', async (afterFault, handled, failed) => {
    const seen: string[] = [];
    const handle = handleChanges(async ({ eventId }) => {
      seen.push(eventId);
      if (eventId === 'b') throw new Error('not now');
    }, afterFault);
    const { batchItemFailures } = await handle(event);
    expect(seen).toEqual(handled);
    expect(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)).toEqual(failed);
  });
});

test('a field that has no code is named, and what objects inherit is no field', async () => {
  const resolve = resolveFields({ known: async () => 1 });
  expect(await resolve({ field: 'known', arguments: {}, identity: null })).toBe(1);
  for (const field of ['other', 'constructor', '__proto__']) {
    await expect(resolve({ field, arguments: {}, identity: null })).rejects.toThrow(UnknownFieldError);
  }
});

test('an audit entry names the operator, or the system', () => {
  const clock = () => new Date('2026-11-23T10:00:00.000Z');
  const actor = { role: 'SYSTEM_ADMIN', userId: 'o1', email: 'ann@example.com' } as const;
  const entry = auditEntry(
    { actor, action: 'suspendTenant', tenantId: 'T1', detail: { reason: 'x' } },
    clock,
    () => 'ID',
  );
  expect(entry).toEqual({
    listing: 'AUDIT',
    id: 'ID',
    at: '2026-11-23T10:00:00.000Z',
    actor: 'o1',
    actorEmail: 'ann@example.com',
    action: 'suspendTenant',
    tenantId: 'T1',
    detail: '{"reason":"x"}',
  });
  expect(auditEntry({ actor: 'system', action: 'x' }, clock)).toMatchObject({ actor: 'system' });
});

test.each(['a@b.de', 'first.last+tag@sub.example.com', 'x_y%z@a-b.co'])('%s is an address', (email) => {
  expect(checkEmail('email', email)).toBeNull();
});

test('a name may have any script and emoji', () => {
  for (const name of ['Ünï', '日本', '🚀', 'O’Neil & Söhne', 'a'.repeat(100)]) {
    expect(checkText('name', name, { shortest: 1, longest: 100 })).toBeNull();
  }
});

/** How a function is observed that `observe` does not wrap; what a build runs is no function, and tells by its steps. */
const others: Readonly<Record<string, RegExp>> = { authorizer: /observeLight\(/, provisioning: /workOnRun\(/ };

test('every function is observed', () => {
  const folders = readdirSync('functions').filter((folder) => existsSync(`functions/${folder}/index.ts`));
  expect(folders.length).toBeGreaterThan(20);
  const unobserved = folders.filter(
    (folder) => !(others[folder] ?? /observe[<(]/).test(readFileSync(`functions/${folder}/index.ts`, 'utf8')),
  );
  expect(unobserved).toEqual([]);
});
