import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import { zipSync, type Zippable } from 'fflate';
import type { ReleaseFile } from '../../functions/layer/releases/publish-release.ts';

export function sha256Of(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Collects the assets of a release in a folder, each under the hash of its content. */
export class ReleaseAssets {
  readonly #files = new Map<string, ReleaseFile>();

  constructor(readonly folder: string) {}

  /** In the order of their keys, so that the same assets make the same list. */
  get files(): ReleaseFile[] {
    return [...this.#files.values()].sort((left, right) => (left.key < right.key ? -1 : 1));
  }

  /** Takes a file as it is, or a folder as a zip. */
  add(path: string): ReleaseFile {
    const isFolder = statSync(path).isDirectory();
    const bytes = isFolder ? zipFolder(path) : readFileSync(path);
    const sha256 = sha256Of(bytes);
    const file = { key: `assets/${sha256}${isFolder ? '.zip' : extname(path)}`, sha256, size: bytes.length };
    if (!this.#files.has(file.key)) this.#write(file.key, bytes);
    this.#files.set(file.key, file);
    return file;
  }

  #write(key: string, bytes: Uint8Array): void {
    const path = join(this.folder, key);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, bytes);
  }
}

/** The same bytes for the same files: names in order, no times. */
export function zipFolder(folder: string): Uint8Array {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const entries: Zippable = {};
  for (const name of names.filter((file) => statSync(join(folder, file)).isFile())) {
    const bytes = readFileSync(join(folder, name));
    entries[name.replaceAll('\\', '/')] = [
      bytes,
      { mtime: new Date(1980, 0, 1), level: 4, os: 3, attrs: 0o100644 << 16 },
    ];
  }
  return zipSync(entries);
}
