/**
 * `npm run release`: makes a release of the sources as they are and puts it into the release bucket of a running deployment, where
 * rollouts find it. The same sources are the same release, so a second time changes nothing.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { createDocuments } from '../../functions/layer/documents.ts';
import { publishRelease } from '../../functions/layer/releases/publish-release.ts';
import { registerRelease } from '../../functions/layer/releases/register-release.ts';
import { bundleFunctions, projectFolder } from '../constructs/bundle.ts';
import { readCommit } from './read-commit.ts';

const usage = `npm run release -- [options]

  --local         into the local cloud that .local/outputs.json tells of; else wherever AWS's own variables
                  (AWS_REGION, AWS_PROFILE, AWS_ENDPOINT_URL …) lead
  --outputs FILE  another outputs file of npm start
  --help          say this
`;

const { values } = parseArgs({
  options: {
    local: { type: 'boolean', default: false },
    outputs: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (values.help) process.stdout.write(usage);
else await release(values.local || values.outputs !== undefined ? localSettings(values.outputs) : {});

interface Settings {
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

async function release(settings: Settings): Promise<void> {
  const bundling = bundleFunctions();
  const { makeRelease } = await import('./make-release.ts');
  const made = await makeRelease(await bundling);
  const cloudFormation = new CloudFormationClient(settings);
  const { ReleaseBucket = '' } = await outputsOf(cloudFormation, 'cotenant-provisioning');
  const { ReleasesTable = '' } = await outputsOf(cloudFormation, 'cotenant-control-plane');
  const commit = readCommit();
  const { folder, ...content } = made;
  const manifest = await publishRelease(
    { ...content, ...(commit !== 'unknown' && { commit }), createdAt: new Date().toISOString() },
    (key) => (existsSync(join(folder, key)) ? readFileSync(join(folder, key)) : undefined),
    { s3: new S3Client({ ...settings, forcePathStyle: true }), bucket: ReleaseBucket },
  );
  const documents = createDocuments(new DynamoDBClient(settings));
  await registerRelease(manifest, { documents, releasesTable: ReleasesTable });
  process.stdout.write(`Release ${manifest.release} of ${manifest.createdAt} is in ${ReleaseBucket}\n`);
}

function localSettings(file = join(projectFolder, '.local', 'outputs.json')): Settings {
  if (!existsSync(file)) throw new Error(`${file} is not there: start the local cloud with npm start first`);
  const { endpoint, region } = JSON.parse(readFileSync(file, 'utf8')) as { endpoint: string; region: string };
  return { endpoint, region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
}

async function outputsOf(client: CloudFormationClient, StackName: string): Promise<Record<string, string>> {
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName }));
  return Object.fromEntries(
    (Stacks[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
}
