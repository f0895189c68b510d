import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { createMemoryState } from '../../state/memory.ts';
import { createUnpackCode } from './unpack-code.ts';

test('what functions read of the common folder is whole while other code is unpacked', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'unpack-code-'));
  try {
    const { blobs } = createMemoryState(folder);
    const environment = {
      accountId: '000000000000',
      region: 'us-east-1',
      partition: 'aws',
      endpoint: '',
      certificateAuthority: '',
      folder,
    };
    const unpack = createUnpackCode(environment, blobs);
    const zips = Array.from({ length: 60 }, (_, index) => zipSync({ 'index.js': strToU8(`exports.n = ${index};`) }));
    const codes = await Promise.all(zips.map(async (zip) => ({ sha256: await blobs.put(zip), size: zip.length })));
    const [first, ...others] = codes;
    if (!first) throw new Error('No code');
    const target = await unpack(first);

    let running = true;
    const texts = new Set<string>();
    const reader = (async () => {
      while (running) texts.add(await readFile(join(target, '..', 'package.json'), 'utf8'));
    })();
    await Promise.all(others.map((code) => unpack(code)));
    running = false;
    await reader;
    expect([...texts]).toEqual(['{}']);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
