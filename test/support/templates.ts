import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReleaseContent } from '../../functions/layer/releases/publish-release.ts';
import { AwsError } from '../../infra/local/errors.ts';
import type { Environment, Json, JsonObject, Objects } from '../../infra/local/service.ts';
import { publishAsset } from '../../infra/local/cloudformation/assembly/publish-asset.ts';
import { readAssembly } from '../../infra/local/cloudformation/assembly/read-assembly.ts';
import { loadAssemblies } from '../../infra/start/assembly.ts';
import { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { SdkSettings } from './inventory.ts';

export interface Template {
  readonly Resources: Readonly<Record<string, { readonly Type: string; readonly Properties?: JsonObject }>>;
  readonly [section: string]: Json | Template['Resources'];
}

async function assemblies() {
  const { controlPlane, provisioning } = loadAssemblies(process.cwd(), { apps: false });
  return { controlPlane: await readAssembly(await controlPlane), provisioning: await readAssembly(await provisioning) };
}

/** The app's templates by the name of their stack, as CDK synthesizes them. */
export async function synthesizedTemplates(): Promise<Record<string, Template>> {
  const { controlPlane, provisioning } = await assemblies();
  const templates = [...controlPlane.stacks, ...provisioning.stacks].map(async ({ stackName, template }) => [
    stackName,
    JSON.parse(await readFile(template, 'utf8')) as Template,
  ]);
  return Object.fromEntries(await Promise.all(templates)) as Record<string, Template>;
}

const assetsBucket = (region: string): string => `cdk-hnb659fds-assets-000000000000-${region}`;

/** The template that tenant stacks are made from, out of the release that is deployed with the app; its code is where CDK's is. */
export async function tenantTemplate({ region }: Pick<SdkSettings, 'region'>): Promise<Template> {
  const { folder, template } = await deployedRelease();
  const { Parameters, ...sections } = JSON.parse(await readFile(join(folder, template.key), 'utf8')) as Template & {
    readonly Parameters: Readonly<Record<string, JsonObject>>;
  };
  const bucket = { ...Parameters['ReleaseBucket'], Default: assetsBucket(region) };
  return { ...sections, Parameters: { ...Parameters, ReleaseBucket: bucket } };
}

async function deployedRelease(): Promise<ReleaseContent & { readonly folder: string }> {
  const { provisioning } = await assemblies();
  const folder = provisioning.assets.map(({ path }) => path).find((path) => existsSync(join(path, 'release.json')));
  if (folder === undefined) throw new Error('The pipeline’s assembly has no asset with a release.json');
  return { ...(JSON.parse(await readFile(join(folder, 'release.json'), 'utf8')) as ReleaseContent), folder };
}

/** Puts what the templates refer to where they look for it. */
export async function publishAssets(settings: SdkSettings): Promise<void> {
  const { controlPlane, provisioning } = await assemblies();
  const environment = { accountId: '000000000000', region: settings.region, partition: 'aws' };
  const objects = objectsOf(settings);
  for (const asset of [...controlPlane.assets, ...provisioning.assets])
    await publishAsset(asset, environment as Environment, objects);
  const release = await deployedRelease();
  for (const { key } of release.assets)
    await objects.write(assetsBucket(settings.region), key, await readFile(join(release.folder, key)));
}

/** Writes a template to S3 and answers its URL: most are larger than what a request takes. */
export async function publishTemplate(settings: SdkSettings, key: string, template: Template): Promise<string> {
  const bucket = assetsBucket(settings.region);
  await objectsOf(settings).write(bucket, `${key}.json`, Buffer.from(JSON.stringify(template)));
  return `${settings.endpoint}/${bucket}/${key}.json`;
}

function objectsOf(settings: SdkSettings): Objects {
  const s3 = new S3Client({ ...settings, forcePathStyle: true });
  return {
    async read(Bucket, Key) {
      try {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
        return Buffer.from((await Body?.transformToByteArray()) ?? []);
      } catch (error) {
        if (error instanceof NoSuchKey) throw new AwsError('NoSuchKey', error.message, 404);
        throw error;
      }
    },
    async write(Bucket, Key, bytes) {
      await s3.send(new PutObjectCommand({ Bucket, Key, Body: bytes }));
    },
  };
}

/** The template with nothing retained and nothing protected, so that its stack's end leaves nothing. */
export function removable({ Resources, ...sections }: Template): Template {
  const unprotected = (properties: JsonObject = {}): JsonObject => ({
    ...properties,
    ...('DeletionProtectionEnabled' in properties ? { DeletionProtectionEnabled: false } : {}),
    ...('DeletionProtection' in properties ? { DeletionProtection: 'INACTIVE' } : {}),
  });
  const entries = Object.entries(Resources).map(([id, resource]) => [
    id,
    { ...resource, Properties: unprotected(resource.Properties), DeletionPolicy: 'Delete' },
  ]);
  return { ...sections, Resources: Object.fromEntries(entries) as Template['Resources'] };
}

/** The template with a resource that cannot be made, whose turn comes when all others are there. */
export function failingAtTheEnd(template: Template): Template {
  const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole' }] };
  const broken = {
    Type: 'AWS::IAM::Role',
    Properties: { AssumeRolePolicyDocument: trust },
    DependsOn: Object.keys(template.Resources),
  };
  return { ...template, Resources: { ...template.Resources, Broken: broken } };
}
