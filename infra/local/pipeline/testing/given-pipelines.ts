import { randomUUID } from 'node:crypto';
import { CodeBuildClient } from '@aws-sdk/client-codebuild';
import {
  CodePipelineClient,
  GetPipelineExecutionCommand,
  type PipelineExecution,
  StartPipelineExecutionCommand,
  type StartPipelineExecutionCommandInput,
} from '@aws-sdk/client-codepipeline';
import { strToU8, zipSync } from 'fflate';
import { AwsError } from '../../errors.ts';
import type {
  BusEntry,
  Environment,
  Identity,
  JsonObject,
  LocalService,
  ObjectCatalog,
  Objects,
  ResourceProvider,
  RoleChain,
  State,
} from '../../service.ts';
import { startServices } from '../../testing/start-services.ts';
import { trustingIdentity } from '../../testing/trusting-identity.ts';
import { createPipelines } from '../index.ts';

export const role = (name: string): string => `arn:aws:iam::000000000000:role/${name}`;

export type GivenPipelines = Awaited<ReturnType<typeof givenPipelines>>;

/** CodePipeline and CodeBuild behind a front door, with what they say to the bus and the log kept for the suite. */
export async function givenPipelines({
  identity = trustingIdentity,
  concurrentBuilds = 4,
  hear = () => Promise.resolve(),
}: {
  readonly identity?: Identity & RoleChain;
  readonly concurrentBuilds?: number;
  /** Is told each event of the bus before the pipeline goes on. */
  readonly hear?: (entry: BusEntry) => Promise<void>;
} = {}) {
  const told: BusEntry[] = [];
  const logged: { readonly group: string; readonly stream: string; readonly message: string }[] = [];
  const parameters = new Map<string, string>();
  const objects = createObjects();
  let service: LocalService | undefined;
  let restart: () => Promise<void> = () => Promise.resolve();

  const build = (environment: Environment, state: State): LocalService =>
    createPipelines({
      state,
      environment,
      clock: { now: () => Date.now() },
      identity,
      objects,
      parameters: { get: (name) => parameters.get(name) },
      events: {
        put: async (entries) => {
          told.push(...entries);
          await Promise.all(entries.map(hear));
        },
      },
      logs: {
        write: (group, stream, messages) =>
          void logged.push(...messages.map((message) => ({ group, stream, message }))),
      },
      newId: randomUUID,
      concurrentBuilds,
    });
  // The front door keeps one service; behind it a restart puts another.
  const cloud = await startServices((environment, state) => {
    service = build(environment, state);
    restart = async () => {
      await service?.stop?.();
      service = build(environment, state);
      await service.start?.();
    };
    const current = (): LocalService => service as LocalService;
    return [
      {
        name: 'pipeline',
        apis: (service.apis ?? []).map((api, index) => ({
          signingName: api.signingName,
          handle: (request) => (current().apis?.[index] ?? api).handle(request),
        })),
        start: () => current().start?.() ?? Promise.resolve(),
        stop: () => current().stop?.() ?? Promise.resolve(),
      },
    ];
  }, identity);

  const settings = {
    endpoint: cloud.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  };
  const codepipeline = new CodePipelineClient(settings);
  const codebuild = new CodeBuildClient(settings);
  const provider = (type: string): ResourceProvider => {
    const found = service?.providers?.find((one) => one.type === type);
    if (!found) throw new Error(`There is no provider of ${type}`);
    return found;
  };
  const create = async (type: string, logicalId: string, properties: JsonObject): Promise<string> => {
    const scope = { stackName: 'stack', stackId: 'stack-id', logicalId, tags: {} };
    const { physicalId } = await provider(type).create({ ...scope, token: randomUUID(), properties });
    return physicalId;
  };

  return {
    cloud,
    codepipeline,
    codebuild,
    told,
    logged,
    parameters,
    objects,
    provider,
    restart: () => restart(),
    logOf: (group: string) => logged.filter((line) => line.group === group).map(({ message }) => message),

    project: (name: string, buildspec: object | string, properties: JsonObject = {}) =>
      create('AWS::CodeBuild::Project', name, {
        Name: name,
        Artifacts: { Type: 'CODEPIPELINE' },
        Source: {
          Type: 'CODEPIPELINE',
          BuildSpec: typeof buildspec === 'string' ? buildspec : JSON.stringify(buildspec),
        },
        Environment: {
          ComputeType: 'BUILD_GENERAL1_SMALL',
          Image: 'aws/codebuild/standard:7.0',
          Type: 'LINUX_CONTAINER',
        },
        ServiceRole: role('build'),
        ...properties,
      }),

    pipeline: (name: string, stages: readonly JsonObject[], properties: JsonObject = {}) =>
      create('AWS::CodePipeline::Pipeline', name, {
        Name: name,
        PipelineType: 'V2',
        ExecutionMode: 'PARALLEL',
        RoleArn: role('pipeline'),
        ArtifactStore: { Type: 'S3', Location: 'artifacts' },
        // Without a default, so that making the pipeline starts nothing.
        Variables: [{ Name: 'TENANT_ID' }],
        Stages: stages,
        ...properties,
      }),

    start: async (name: string, input: Partial<StartPipelineExecutionCommandInput> = {}): Promise<string> => {
      const command = new StartPipelineExecutionCommand({
        name,
        variables: [{ name: 'TENANT_ID', value: 't1' }],
        ...input,
      });
      return (await codepipeline.send(command)).pipelineExecutionId as string;
    },
    execution: async (pipelineName: string, pipelineExecutionId: string): Promise<PipelineExecution> => {
      const command = new GetPipelineExecutionCommand({ pipelineName, pipelineExecutionId });
      return (await codepipeline.send(command)).pipelineExecution as PipelineExecution;
    },
    stop: () => cloud.stop(),
  };
}

/** A versioned store of objects, in memory. */
function createObjects() {
  const versions = new Map<string, { readonly versionId: string; readonly bytes: Buffer }[]>();
  const find = (bucket: string, key: string, version?: string) => {
    const all = versions.get(`${bucket}/${key}`) ?? [];
    const found = version === undefined ? all.at(-1) : all.find(({ versionId }) => versionId === version);
    if (!found) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
    return found;
  };
  const objects: Objects & ObjectCatalog = {
    read: async (bucket, key, version) => find(bucket, key, version).bytes,
    write: async (bucket, key, bytes) => {
      const all = versions.get(`${bucket}/${key}`) ?? [];
      versions.set(`${bucket}/${key}`, [...all, { versionId: `v${all.length + 1}`, bytes: Buffer.from(bytes) }]);
    },
    describe: (bucket, key, version) => {
      const { versionId, bytes } = find(bucket, key, version);
      return { versionId, etag: `etag-${versionId}`, size: bytes.length, modifiedAt: 1_700_000_000_000 };
    },
  };
  return { ...objects, keys: () => [...versions.keys()] };
}

export function zipOf(files: Readonly<Record<string, string>>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])));
}

/** A stage with the S3 source `source/program.zip`, whose variables are in the namespace `source`. */
export const sourceStage: JsonObject = {
  Name: 'Source',
  Actions: [
    {
      Name: 'Fetch',
      ActionTypeId: { Category: 'Source', Owner: 'AWS', Provider: 'S3', Version: '1' },
      Configuration: { S3Bucket: 'source', S3ObjectKey: 'program.zip', PollForSourceChanges: false },
      OutputArtifacts: [{ Name: 'Program' }],
      Namespace: 'source',
      RunOrder: 1,
    },
  ],
};

export function buildAction(
  project: string,
  variables: Readonly<Record<string, string>>,
  more: JsonObject = {},
): JsonObject {
  const list = Object.entries(variables).map(([name, value]) => ({ name, value, type: 'PLAINTEXT' }));
  return {
    Name: 'Run',
    ActionTypeId: { Category: 'Build', Owner: 'AWS', Provider: 'CodeBuild', Version: '1' },
    Configuration: { ProjectName: project, EnvironmentVariables: JSON.stringify(list) },
    InputArtifacts: [{ Name: 'Program' }],
    RunOrder: 1,
    ...more,
  };
}

export const approvalAction = (name: string): JsonObject => ({
  Name: name,
  ActionTypeId: { Category: 'Approval', Owner: 'AWS', Provider: 'Manual', Version: '1' },
  Configuration: { CustomData: 'for #{variables.TENANT_ID}' },
  RunOrder: 1,
});
