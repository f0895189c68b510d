import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Zippable, zipSync } from 'fflate';
import { AwsError } from '../../errors.ts';
import type { Environment, Objects } from '../../service.ts';
import type { FileAsset } from './read-assembly.ts';

/** Writes an asset to where its stack looks for it, unless it is there: an asset's key is the hash of its content. */
export async function publishAsset(asset: FileAsset, environment: Environment, objects: Objects): Promise<void> {
  for (const destination of asset.destinations) {
    const bucket = fillPlaceholders(destination.bucket, environment);
    const key = fillPlaceholders(destination.key, environment);
    if (await isThere(objects, bucket, key)) continue;
    await objects.write(
      bucket,
      key,
      asset.packaging === 'zip' ? await zipFolder(asset.path) : await readFile(asset.path),
    );
  }
}

function fillPlaceholders(text: string, { accountId, region, partition }: Environment): string {
  return text
    .replaceAll('${AWS::AccountId}', accountId)
    .replaceAll('${AWS::Region}', region)
    .replaceAll('${AWS::Partition}', partition);
}

async function isThere(objects: Objects, bucket: string, key: string): Promise<boolean> {
  try {
    await objects.read(bucket, key);
    return true;
  } catch (error) {
    if (error instanceof AwsError && error.code === 'NoSuchKey') return false;
    throw error;
  }
}

/** The same bytes for the same files: names in order, no times. Not compressed, as it never leaves this machine. */
export async function zipFolder(folder: string): Promise<Uint8Array> {
  const entries: Zippable = {};
  for (const name of (await filesBelow(folder)).sort()) {
    const path = join(folder, name);
    const [bytes, { mode }] = await Promise.all([readFile(path), stat(path)]);
    const permissions = mode & 0o111 ? 0o100755 : 0o100644;
    entries[name] = [bytes, { mtime: new Date(1980, 0, 1), level: 0, os: 3, attrs: permissions << 16 }];
  }
  return zipSync(entries);
}

async function filesBelow(folder: string, prefix = ''): Promise<string[]> {
  const names: string[] = [];
  for (const name of await readdir(join(folder, prefix))) {
    const path = prefix === '' ? name : `${prefix}/${name}`;
    // What a link points at goes in, as `cdk deploy` does it.
    if ((await stat(join(folder, path))).isDirectory()) names.push(...(await filesBelow(folder, path)));
    else names.push(path);
  }
  return names;
}
