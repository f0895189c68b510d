import { createHash } from 'node:crypto';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createDocuments } from '../../functions/layer/documents.ts';
import { type Manifest, publishRelease } from '../../functions/layer/releases/publish-release.ts';
import { registerRelease } from '../../functions/layer/releases/register-release.ts';
import type { Outputs } from '../../infra/start/outputs.ts';
import { nameWith, sdkSettings } from './sdk.ts';

export interface Template {
  Description?: string;
  readonly Resources: Record<string, { readonly Type: string; Properties: Record<string, unknown> }>;
}

/** A release of the deployment's own template with a change in it, published and registered as `npm run release` does. */
export async function aRelease(outputs: Outputs, change: (template: Template) => void): Promise<string> {
  const settings = sdkSettings(outputs);
  const { bucket, release: first } = await deployedRelease(outputs);
  const s3 = new S3Client({ ...settings, forcePathStyle: true });
  const read = async (Key: string): Promise<string> => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
    return (await Body?.transformToString()) ?? '';
  };
  const manifest = JSON.parse(await read(`releases/${first}/manifest.json`)) as Manifest;
  const template = JSON.parse(await read(manifest.template.key)) as Template;
  change(template);

  const text = JSON.stringify(template);
  const sha256 = createHash('sha256').update(text).digest('hex');
  const release = `${manifest.version}-${sha256.slice(0, 12)}`;
  const program = { ...manifest.program, key: `releases/${release}/program.zip` };
  const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: manifest.program.key }));
  const files = new Map([
    [`releases/${release}/template.json`, Buffer.from(text)],
    [program.key, Buffer.from((await Body?.transformToByteArray()) ?? [])],
  ]);
  const published = await publishRelease(
    {
      ...manifest,
      release,
      createdAt: new Date().toISOString(),
      template: { key: `releases/${release}/template.json`, sha256, size: text.length },
      program,
    },
    (key) => files.get(key),
    { s3, bucket },
  );
  const client = new DynamoDBClient(settings);
  const names: string[] = [];
  for await (const page of paginateListTables({ client }, {})) names.push(...(page.TableNames ?? []));
  await registerRelease(published, {
    documents: createDocuments(client),
    releasesTable: nameWith('control-plane-Releases', names),
  });
  return release;
}

/** Where releases are, and which one was deployed. */
export async function deployedRelease(
  outputs: Outputs,
): Promise<{ readonly bucket: string; readonly release: string }> {
  const cloudFormation = new CloudFormationClient(sdkSettings(outputs));
  const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName: 'cotenant-provisioning' }));
  const output = (name: string): string =>
    Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === name)?.OutputValue ?? '';
  return { bucket: output('ReleaseBucket'), release: output('Release') };
}

/** A new release that works. */
export function aGoodRelease(outputs: Outputs): Promise<string> {
  return aRelease(outputs, (template) => {
    template.Description = `Cotenant: what tenants use, ${Date.now()}`;
    rename(template);
  });
}

/** A release that deploys and then says that it is another. */
export function aSmokingRelease(outputs: Outputs): Promise<string> {
  return aRelease(outputs, (template) => {
    const api = resourceOf(template, 'AWS::AppSync::GraphQLApi');
    api.Properties['EnvironmentVariables'] = {
      ...(api.Properties['EnvironmentVariables'] as object),
      RELEASE: 'not-what-it-is',
    };
  });
}

/** A release that CloudFormation takes and cannot make. */
export function aBrokenRelease(outputs: Outputs): Promise<string> {
  return aRelease(outputs, (template) => {
    template.Resources['Broken'] = {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { FunctionName: 'no-such-function', EventSourceArn: 'arn:aws:dynamodb:us-east-1:000000000000:none' },
    };
  });
}

/** A change of something that runs, so that there is an update to make. */
function rename(template: Template): void {
  resourceOf(template, 'AWS::Lambda::Function').Properties['Description'] = `Changed ${Date.now()}`;
}

function resourceOf({ Resources }: Template, type: string): Template['Resources'][string] {
  const found = Object.values(Resources).find(({ Type }) => Type === type);
  if (!found) throw new Error(`The template has no ${type}`);
  return found;
}
