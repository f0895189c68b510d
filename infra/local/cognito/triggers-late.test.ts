import { afterEach, expect, it, vi } from 'vitest';
import type { Environment, Functions } from '../service.ts';
import type { Pool, User } from './model.ts';
import { createTriggers } from './triggers.ts';

afterEach(() => vi.useRealTimers());

it('asks a function three times for five seconds each, then gives up', async () => {
  vi.useFakeTimers();
  const invoke = vi.fn(() => new Promise<never>(() => undefined));
  const functions: Functions = { invoke, invokeLater: () => Promise.resolve() };
  const triggers = createTriggers({ region: 'us-east-1' } as Environment, functions, { write: () => undefined });
  const pool = { id: 'us-east-1_a', arn: 'arn:pool' } as Pool;
  const user = { sub: 's', username: 's', status: 'CONFIRMED', attributes: {} } as unknown as User;
  const call = {
    name: 'PostAuthentication',
    functionArn: 'arn:f',
    version: '1',
    source: 'x',
    pool,
    user,
    response: {},
  } as const;

  const outcome = expect(triggers.run(call)).rejects.toMatchObject({ code: 'UnexpectedLambdaException' });
  await vi.advanceTimersByTimeAsync(15_000);
  await outcome;
  expect(invoke).toHaveBeenCalledTimes(3);
});
