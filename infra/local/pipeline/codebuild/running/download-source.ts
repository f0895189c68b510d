import { join } from 'node:path';
import { AwsError } from '../../../errors.ts';
import type { Principal } from '../../../service.ts';
import type { PipelineDependencies } from '../../dependencies.ts';
import type { Build } from '../model.ts';
import { unpackZip } from './unpack-zip.ts';

export interface Sources {
  readonly source: string;
  /** Folders of further inputs by their artifact's name. */
  readonly secondary: Readonly<Record<string, string>>;
  readonly resolvedVersion: string | undefined;
}

interface Location {
  readonly bucket: string;
  readonly key: string;
  readonly version?: string | undefined;
}

/** Brings the build's source into `folder`/src, and what else a pipeline hands it beside that, as the service role. */
export async function downloadSource(
  build: Build,
  role: Principal,
  folder: string,
  { identity, objects, environment }: Pick<PipelineDependencies, 'identity' | 'objects' | 'environment'>,
): Promise<Sources> {
  const download = async ({ bucket, key, version }: Location, target: string): Promise<void> => {
    const action = version === undefined ? 's3:GetObject' : 's3:GetObjectVersion';
    identity.authorize(role, action, `arn:${environment.partition}:s3:::${bucket}/${key}`);
    await unpackZip(await objects.read(bucket, key, version), target);
  };
  const source = join(folder, 'src');
  const [first, ...others] = build.artifacts?.inputs ?? [];
  const { settings, sourceVersion } = build;
  if (settings.source.type === 'NO_SOURCE') return { source, secondary: {}, resolvedVersion: undefined };
  if (settings.source.type === 'S3') {
    const [bucket = '', ...key] = (settings.source.location ?? '').split('/');
    await download({ bucket, key: key.join('/'), version: sourceVersion }, source);
    return { source, secondary: {}, resolvedVersion: objects.describe(bucket, key.join('/'), sourceVersion).versionId };
  }
  if (!first) throw new AwsError('CLIENT_ERROR', 'A project of source type CODEPIPELINE is started by a pipeline only');
  await download(first, source);
  const secondary = others.map((artifact, index) => [artifact, join(folder, `src-${index + 1}`)] as const);
  for (const [artifact, target] of secondary) await download(artifact, target);
  return {
    source,
    secondary: Object.fromEntries(secondary.map(([{ name }, target]) => [name, target])),
    resolvedVersion: sourceVersion,
  };
}
