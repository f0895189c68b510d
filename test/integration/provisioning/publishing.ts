import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DeleteObjectCommand, GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DeleteCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from 'vitest';
import { createDocuments } from '../../../functions/layer/documents.ts';
import type { Manifest } from '../../../functions/layer/releases/publish-release.ts';
import { readCommit } from '../../../infra/release/read-commit.ts';
import type { Outputs } from '../../../infra/start/outputs.ts';
import { siloPatience } from '../../support/provisioning.ts';
import { deployedRelease } from '../../support/releases.ts';
import { sdkSettings } from '../../support/sdk.ts';
import { stackOutputs } from '../../support/stack-outputs.ts';
import { scan } from '../../support/tables.ts';

/** `npm run release` for the running system; answers what it printed. */
async function npmRunRelease(outputs: Outputs): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'cotenant-release-'));
  try {
    const file = join(folder, 'outputs.json');
    await writeFile(file, JSON.stringify(outputs));
    const { stdout } = await promisify(execFile)('npm', ['run', '--silent', 'release', '--', '--outputs', file], {
      // What the template breaks of AWS's rules is another test's.
      env: { ...process.env, CDK_VALIDATION: 'false' },
    });
    return stdout;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

export function publishing(outputs: () => Outputs): void {
  test(
    'npm run release publishes the sources as they are; a second time it is the same release, and nothing is changed',
    async () => {
      // The deployment is of the same sources, so that release is taken back first.
      const { bucket, release } = await deployedRelease(outputs());
      const s3 = new S3Client({ ...sdkSettings(outputs()), forcePathStyle: true });
      const manifestKey = `releases/${release}/manifest.json`;
      await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: manifestKey }));
      const { ReleasesTable } = await stackOutputs(outputs(), 'cotenant-control-plane');
      const documents = createDocuments(new DynamoDBClient(sdkSettings(outputs())));
      await documents.send(new DeleteCommand({ TableName: ReleasesTable, Key: { release } }));
      const read = async (Key: string): Promise<Buffer> => {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
        return Buffer.from((await Body?.transformToByteArray()) ?? []);
      };
      const began = Date.now();
      const printed = await npmRunRelease(outputs());

      const manifest = JSON.parse((await read(manifestKey)).toString()) as Manifest;
      const { version } = JSON.parse(await readFile('package.json', 'utf8')) as { readonly version: string };
      const commit = readCommit();
      expect(manifest).toMatchObject({ release, version, ...(commit !== 'unknown' && { commit }) });
      expect(Date.parse(manifest.createdAt)).toBeGreaterThanOrEqual(began);
      for (const file of [manifest.template, manifest.program, ...manifest.assets]) {
        const bytes = await read(file.key);
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        expect({ key: file.key, sha256, size: bytes.length }).toEqual(file);
      }
      expect(printed).toBe(`Release ${release} of ${manifest.createdAt} is in ${bucket}\n`);
      const registered = async () =>
        (await scan(outputs(), 'control-plane-Releases')).filter((item) => item['release'] === release);
      const { createdAt } = manifest;
      expect(await registered()).toMatchObject([{ version, createdAt }]);

      const before = await registered();
      expect(await npmRunRelease(outputs())).toBe(printed);
      expect(JSON.parse((await read(manifestKey)).toString())).toEqual(manifest);
      expect(await registered()).toEqual(before);
    },
    siloPatience,
  );
}
