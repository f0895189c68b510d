import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { unzipSync, type Unzipped } from 'fflate';
import { AwsError } from '../../errors.ts';
import type { Blobs, Environment } from '../../service.ts';
import type { FunctionCode } from '../model.ts';

/** What Lambda takes unpacked. Source: Lambda developer guide, "Lambda quotas". */
const unpackedLimit = 250 * 1024 * 1024;

/** Answers the folder of a function's code; unpacks it if it is not there yet. */
export type UnpackCode = (code: FunctionCode) => Promise<string>;

/** Code lies unpacked in folders that are named by its hash: functions with the same code share one. */
export function createUnpackCode(environment: Environment, blobs: Blobs): UnpackCode {
  const parent = join(environment.folder, 'lambda', 'code');
  const running = new Map<string, Promise<string>>();

  const unpack = async (sha256: string, target: string): Promise<string> => {
    const files = readEntries(await blobs.get(sha256));
    await mkdir(parent, { recursive: true });
    const draft = await mkdtemp(join(parent, 'draft-'));
    // Without it a `.js` would be taken for what a package.json further up says, in a repository for one. It comes whole,
    // since functions that are there already may read it at this moment.
    await writeFile(join(draft, 'package.json'), '{}');
    await rename(join(draft, 'package.json'), join(parent, 'package.json'));
    for (const [name, bytes] of Object.entries(files)) {
      const path = join(draft, name);
      await mkdir(name.endsWith('/') ? path : dirname(path), { recursive: true });
      if (!name.endsWith('/')) await writeFile(path, bytes);
    }
    await rename(draft, target).catch(async (error: unknown) => {
      await rm(draft, { recursive: true, force: true });
      if (!existsSync(target)) throw error;
    });
    return target;
  };

  return async ({ sha256 }) => {
    const target = join(parent, sha256);
    if (existsSync(target)) return target;
    const task = running.get(sha256) ?? unpack(sha256, target).finally(() => running.delete(sha256));
    running.set(sha256, task);
    return await task;
  };
}

/** Throws InvalidParameterValueException if the bytes are no zip, unpack to too much, or name a file outside. */
export function readEntries(zip: Uint8Array): Unzipped {
  let size = 0;
  try {
    return unzipSync(zip, {
      filter: ({ name, originalSize }) => {
        size += originalSize;
        if (size > unpackedLimit) {
          throw invalid(`Unzipped size must be smaller than ${unpackedLimit} bytes`);
        }
        if (!isInside(name)) {
          throw invalid(`Could not unzip uploaded file: it names ${JSON.stringify(name)}, which is outside of it`);
        }
        return true;
      },
    });
  } catch (error) {
    if (error instanceof AwsError) throw error;
    throw invalid('Could not unzip uploaded file. Please check your file, then try to upload again.');
  }
}

function isInside(name: string): boolean {
  if (name === '' || name.includes('\0') || name.includes('\\') || /^([A-Za-z]:|\/)/.test(name)) return false;
  return !name.split('/').includes('..');
}

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}
