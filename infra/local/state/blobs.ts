import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Blobs } from '../service.ts';

/** Small blobs that were read of late stay in memory: instances of one template read the same ones again and again. */
const largestKept = 64 * 1024;
const mostKept = 256;

/** Bytes in files that are named by their SHA-256, written whole or not at all. */
export function createBlobs(folder: string): Blobs {
  const path = (sha256: string): string => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Error(`A blob is named by 64 hexadecimal digits, not by ${sha256}`);
    return join(folder, sha256);
  };

  const kept = new Map<string, Buffer>();

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
    async get(sha256) {
      const bytes = kept.get(sha256) ?? (await readFile(path(sha256)));
      if (bytes.length > largestKept) return bytes;
      kept.delete(sha256);
      kept.set(sha256, bytes);
      const [oldest] = kept.keys();
      if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
      // A copy, so that no caller changes another's.
      return Buffer.from(bytes);
    },
  };
}
