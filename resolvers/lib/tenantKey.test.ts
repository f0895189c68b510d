import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { shardOf } from './tenantKey.ts';

it('does not compile without a tenant: test/types', () => {
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const calls = fileURLToPath(new URL('../../test/types', import.meta.url));
  const { stdout, status } = spawnSync(process.execPath, [compiler, '--project', calls], { encoding: 'utf8' });
  expect(stdout).toBe('');
  expect(status).toBe(0);
});

it('spreads ids evenly over the shards, each id always to the same', () => {
  const symbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
  const counts = [0, 0, 0, 0];
  for (const one of symbols) {
    for (const other of symbols) {
      const shard = shardOf(`01HZX${one}${other}`, 4);
      expect(shardOf(`01HZX${one}${other}`, 4)).toBe(shard);
      counts[shard] = (counts[shard] ?? 0) + 1;
    }
  }
  expect(counts).toEqual([256, 256, 256, 256]);
});

it.each(['', '!', 'é', 'ok'])('has a shard even for %j, which is no id', (id) => {
  expect([0, 1]).toContain(shardOf(id, 2));
});
