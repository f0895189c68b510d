import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { createMemoryState } from '../../state/memory.ts';
import { createSigningKeys } from './signing-keys.ts';

it('makes two keys for a pool once, keeps them over a restart, and tells the uses of tokens apart', async () => {
  const state = createMemoryState();
  const keys = createSigningKeys(state, randomBytes);
  const [token] = await Promise.all([keys.sign('pool', 'access', { sub: 'ada' }), keys.jwks('pool')]);

  const restarted = createSigningKeys(state, randomBytes);
  expect(await restarted.jwks('pool')).toEqual(await keys.jwks('pool'));
  const { keys: published } = await restarted.jwks('pool');
  expect(published).toHaveLength(2);
  expect(JSON.stringify(published)).not.toContain('"d"');
  expect(await restarted.verify('pool', 'access', token)).toEqual({ sub: 'ada' });
  expect(await restarted.verify('pool', 'id', token)).toBeUndefined();
  expect(await restarted.verify('pool', 'access', `${token}x`)).toBeUndefined();

  await restarted.forget('pool');
  expect(state.collection('cognito/signing-keys').size).toBe(0);
});
