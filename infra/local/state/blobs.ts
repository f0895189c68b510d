import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Blobs } from '../service.ts';

/** Bytes in files that are named by their SHA-256, written whole or not at all. */
export function createBlobs(folder: string): Blobs {
  const path = (sha256: string): string => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error(`A blob is named by 64 hexadecimal digits, not by ${sha256}`);
    return join(folder, sha256);
  };

  return {
    path,
    async put(bytes) {
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const target = path(sha256);
      if (existsSync(target)) return sha256;
      await mkdir(folder, { recursive: true });
      const draft = `${target}.${randomUUID()}`;
      const file = await open(draft, 'w');
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(draft, target);
      return sha256;
    },
    get: (sha256) => readFile(path(sha256)),
  };
}
