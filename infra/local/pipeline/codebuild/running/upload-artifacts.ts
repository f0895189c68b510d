import { readFile, stat } from 'node:fs/promises';
import { basename, join, relative, resolve } from 'node:path';
import { type ZipOptions, zipSync } from 'fflate';
import { AwsError } from '../../../errors.ts';
import type { Principal } from '../../../service.ts';
import type { PipelineDependencies } from '../../dependencies.ts';
import type { ArtifactRule, Buildspec } from '../buildspec/parse-buildspec.ts';
import type { Build } from '../model.ts';
import { matchFiles } from './match-files.ts';

interface File {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly mode: number;
}

type Upload = (bucket: string, key: string, bytes: Uint8Array) => Promise<void>;

/** Gathers what the buildspec names and puts it where the project, or the pipeline, wants it. Answers the location in S3. */
export async function uploadArtifacts(
  build: Build,
  buildspec: Buildspec,
  role: Principal,
  source: string,
  { identity, objects, environment }: Pick<PipelineDependencies, 'identity' | 'objects' | 'environment'>,
): Promise<string | undefined> {
  const upload: Upload = async (bucket, key, bytes) => {
    identity.authorize(role, 's3:PutObject', `arn:${environment.partition}:s3:::${bucket}/${key}`);
    await objects.write(bucket, key, bytes);
  };
  switch (build.settings.artifacts.type) {
    case 'NO_ARTIFACTS':
      return undefined;
    case 'CODEPIPELINE':
      for (const { name, bucket, key } of build.artifacts?.outputs ?? []) {
        const files = await gather(ruleOf(buildspec, name, build.artifacts?.outputs.length === 1), source);
        await upload(bucket, key, zip(files));
      }
      return undefined;
    case 'S3':
      return await uploadToBucket(
        build,
        await gather(ruleOf(buildspec, undefined, true), source),
        upload,
        environment.partition,
      );
  }
}

/** A pipeline's only output may be the artifacts proper; several are told apart as secondary ones. */
function ruleOf(buildspec: Buildspec, name: string | undefined, single: boolean): ArtifactRule {
  const { artifacts } = buildspec;
  const secondary = name === undefined ? undefined : artifacts?.['secondary-artifacts']?.[name];
  if (secondary) return secondary;
  if (single && artifacts?.files) return { ...artifacts, files: artifacts.files };
  const which = name === undefined ? 'the artifacts' : `the artifact ${name}`;
  throw new AwsError('CLIENT_ERROR', `The buildspec does not say which files are ${which}`);
}

async function gather(rule: ArtifactRule, source: string): Promise<readonly File[]> {
  const base = resolve(source, rule['base-directory'] ?? '.');
  const found = (await stat(base).catch(() => undefined))?.isDirectory();
  if (!found || relative(source, base).startsWith('..'))
    throw new AwsError('CLIENT_ERROR', `no matching base directory path found for ${rule['base-directory'] ?? '.'}`);
  const paths = await matchFiles(base, rule.files, rule['exclude-paths']);
  if (paths.length === 0)
    throw new AwsError('CLIENT_ERROR', `no matching artifact paths found for ${rule.files.join(', ')}`);
  return await Promise.all(
    paths.map(async (path) => ({
      name: rule['discard-paths'] ? basename(path) : path,
      bytes: await readFile(join(base, path)),
      mode: (await stat(join(base, path))).mode,
    })),
  );
}

function zip(files: readonly File[]): Uint8Array {
  // 3: the mode is Unix's.
  const entries = files.map(({ name, bytes, mode }): [string, [Uint8Array, ZipOptions]] => [
    name,
    [bytes, { os: 3, attrs: mode << 16 }],
  ]);
  return zipSync(Object.fromEntries(entries));
}

/** Source: CodeBuild API reference, ProjectArtifacts. */
async function uploadToBucket(
  build: Build,
  files: readonly File[],
  upload: Upload,
  partition: string,
): Promise<string> {
  const { location: bucket = '', path = '', name, namespaceType, packaging } = build.settings.artifacts;
  const own = namespaceType === 'BUILD_ID' ? build.id.slice(build.id.indexOf(':') + 1) : '';
  const key = [...path.split('/'), own, name ?? build.project].filter((part) => part !== '').join('/');
  if (packaging === 'ZIP') await upload(bucket, key, zip(files));
  else {
    for (const file of files) await upload(bucket, `${key}/${file.name}`, file.bytes);
  }
  return `arn:${partition}:s3:::${bucket}/${key}`;
}
