import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tags } from 'aws-cdk-lib';
import type { ReleaseContent } from '../../functions/layer/releases/publish-release.ts';
import { buildFolder, projectFolder } from '../constructs/bundle.ts';
import { checkedApp } from '../constructs/checked-app.ts';
import { TenantStack } from '../stacks/tenant-stack.ts';
import { ReleaseAssets, sha256Of, zipFolder } from './release-assets.ts';
import { ReleaseSynthesizer } from './release-synthesizer.ts';

export interface MadeRelease extends ReleaseContent {
  /** Holds `release.json`, which is the content, and every file under its key in the release bucket. */
  readonly folder: string;
}

/**
 * Synthesizes the tenant template, by itself and for no account, into a release: the same sources make the same id, and the id
 * stands for every byte of it.
 */
export async function makeRelease(bundles: string): Promise<MadeRelease> {
  const folder = join(buildFolder, 'release');
  mkdirSync(folder, { recursive: true });
  const assets = new ReleaseAssets(folder);
  const text = await synthesizeTemplate(bundles, assets);
  const program = zipFolder(join(bundles, 'provisioning'));
  const { version } = JSON.parse(readFileSync(join(projectFolder, 'package.json'), 'utf8')) as { version: string };

  const checksums = [sha256Of(text), sha256Of(program), ...assets.files.map(({ key, sha256 }) => `${key} ${sha256}`)];
  const release = `${version}-${sha256Of(checksums.join('\n')).slice(0, 12)}`;
  const content: ReleaseContent = {
    release,
    version,
    template: { key: `releases/${release}/template.json`, sha256: sha256Of(text), size: Buffer.byteLength(text) },
    program: { key: `releases/${release}/program.zip`, sha256: sha256Of(program), size: program.length },
    assets: assets.files,
  };
  mkdirSync(join(folder, 'releases', release), { recursive: true });
  writeFileSync(join(folder, content.template.key), text);
  writeFileSync(join(folder, content.program.key), program);
  writeFileSync(join(folder, 'release.json'), JSON.stringify(content, null, 1));
  return { ...content, folder };
}

async function synthesizeTemplate(bundles: string, assets: ReleaseAssets): Promise<string> {
  const app = await checkedApp({
    outdir: join(buildFolder, 'tenant-template'),
    treeMetadata: false,
    // CDK's command line gives context of its own, which must not change what a release is.
    postCliContext: { 'aws:cdk:enable-path-metadata': false, 'aws:cdk:enable-asset-metadata': false },
  });
  const stack = new TenantStack(app, 'cotenant-tenant', {
    bundles,
    description: 'Cotenant: what tenants use',
    synthesizer: new ReleaseSynthesizer(assets, 'ReleaseBucket'),
  });
  Tags.of(app).add('application', 'cotenant');
  return readFileSync(app.synth().getStackByName(stack.stackName).templateFullPath, 'utf8');
}
