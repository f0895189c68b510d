import { join } from 'node:path';
import {
  type DockerImageAssetLocation,
  type FileAssetLocation,
  type FileAssetSource,
  Fn,
  type ISynthesisSession,
  Stage,
  StackSynthesizer,
} from 'aws-cdk-lib';
import type { ReleaseAssets } from './release-assets.ts';

/**
 * Makes a template that deploys from the release bucket, which is a parameter of it, and from nothing else: no bootstrap stack, no
 * account, no region.
 */
export class ReleaseSynthesizer extends StackSynthesizer {
  constructor(private readonly assets: ReleaseAssets, private readonly bucketParameter: string) {
    super();
  }

  addFileAsset(asset: FileAssetSource): FileAssetLocation {
    if (asset.fileName === undefined) throw new Error('A release takes assets that are files or folders only');
    const outdir = Stage.of(this.boundStack)?.outdir ?? '';
    const { key } = this.assets.add(join(outdir, asset.fileName));
    const bucket = this.bucketParameter;
    return {
      bucketName: Fn.ref(bucket),
      objectKey: key,
      httpUrl: Fn.sub(`https://s3.\${AWS::Region}.\${AWS::URLSuffix}/\${${bucket}}/${key}`),
      s3ObjectUrl: Fn.sub(`s3://\${${bucket}}/${key}`),
    };
  }

  addDockerImageAsset(): DockerImageAssetLocation {
    throw new Error('A release takes no Docker images: functions are zips');
  }

  synthesize(session: ISynthesisSession): void {
    this.synthesizeTemplate(session);
    this.emitArtifact(session);
  }
}
