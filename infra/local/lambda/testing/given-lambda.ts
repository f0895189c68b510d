import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { strToU8, zipSync } from 'fflate';
import { AwsError } from '../../errors.ts';
import type { Environment, Functions, Json, JsonObject, LocalService, Principal, State } from '../../service.ts';
import { createMemoryState } from '../../state/memory.ts';
import { trustingIdentity } from '../../testing/trusting-identity.ts';
import { createLambda, type LambdaDependencies } from '../index.ts';

export const root: Principal = {
  accountId: '000000000000',
  arn: 'arn:aws:iam::000000000000:root',
  userId: '000000000000',
};

export const role = 'arn:aws:iam::000000000000:role/function';

export interface GivenLambda {
  readonly lambda: LocalService & Functions;
  readonly state: State;
  readonly folder: string;
  /** Log messages by group. */
  readonly logged: Map<string, string[]>;
  /** Makes a function of these files, as a stack does; answers its ARN. */
  deploy(name: string, files: string | Readonly<Record<string, string>>, properties?: JsonObject): Promise<string>;
  create(type: string, properties: JsonObject, logicalId?: string): Promise<string>;
  update(type: string, physicalId: string, properties: JsonObject): Promise<void>;
  remove(type: string, physicalId: string, properties: JsonObject): Promise<void>;
  invoke(arn: string, payload?: Json): Promise<Json>;
  /** The error that an invocation answers. */
  failure(arn: string, payload?: Json): Promise<{ errorType: string; errorMessage: string; trace?: string[] }>;
  stop(): Promise<void>;
}

/** A Lambda service of its own for one test. State and folder may be those of an earlier one: a restart. */
export async function givenLambda(overrides: Partial<LambdaDependencies> = {}): Promise<GivenLambda> {
  const folder = overrides.environment?.folder ?? (await mkdtemp(join(tmpdir(), 'lambda-')));
  const environment: Environment = overrides.environment ?? {
    accountId: '000000000000',
    region: 'us-east-1',
    partition: 'aws',
    endpoint: 'http://localhost:4566',
    certificateAuthority: '',
    folder,
  };
  const state = overrides.state ?? createMemoryState(folder);
  const logged = new Map<string, string[]>();
  const zips = new Map<string, Buffer>();
  const lambda = createLambda({
    state,
    environment,
    clock: { now: Date.now },
    identity: trustingIdentity,
    tables: {
      call: () => Promise.reject(new AwsError('ResourceNotFoundException', 'There are no tables here')),
      authorize: () => Promise.resolve(),
      streams: { onWrite: () => () => undefined },
    },
    objects: {
      read: async (_bucket, key) => {
        const zip = zips.get(key);
        if (!zip) throw new AwsError('NoSuchKey', `There is no ${key}`, 404);
        return zip;
      },
      write: async () => undefined,
    },
    logs: { write: (group, _stream, messages) => logged.set(group, [...(logged.get(group) ?? []), ...messages]) },
    metrics: { record: () => undefined },
    randomBytes,
    ...overrides,
  });
  await lambda.start?.();

  const scope = (logicalId: string) => ({ stackName: 'stack', stackId: 'stack-id', logicalId, tags: {} });
  const provider = (type: string) => {
    const found = lambda.providers?.find((candidate) => candidate.type === type);
    if (!found) throw new Error(`No provider of ${type}`);
    return found;
  };
  const putZip = (files: string | Readonly<Record<string, string>>): JsonObject => {
    const named = typeof files === 'string' ? { 'index.js': files } : files;
    const entries = Object.entries(named).map(([name, text]) => [name, strToU8(text)] as const);
    const key = `${zips.size}.zip`;
    zips.set(key, Buffer.from(zipSync(Object.fromEntries(entries))));
    return { S3Bucket: 'assets', S3Key: key };
  };
  const create = async (type: string, properties: JsonObject, logicalId = 'Thing') => {
    const token = `${type}${logicalId}`;
    return (await provider(type).create({ ...scope(logicalId), token, properties })).physicalId;
  };

  return {
    lambda,
    state,
    folder,
    logged,
    create,
    async deploy(name, files, properties = {}) {
      const all: JsonObject = {
        FunctionName: name,
        Code: putZip(files),
        Handler: 'index.handler',
        Runtime: 'nodejs22.x',
        Role: role,
        ...properties,
      };
      const arn = `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
      const exists = state.collection('lambda/functions').has(name);
      const type = 'AWS::Lambda::Function';
      if (exists) await provider(type).update({ ...scope(name), physicalId: name, properties: all, previous: {} });
      else await create(type, all, name);
      return arn;
    },
    async update(type, physicalId, properties) {
      await provider(type).update({ ...scope('Thing'), physicalId, properties, previous: {} });
    },
    remove: (type, physicalId, properties) => provider(type).delete({ ...scope('Thing'), physicalId, properties }),
    async invoke(arn, payload = {}) {
      const { failed, payload: answer } = await lambda.invoke(root, arn, payload);
      if (failed) throw new Error(`The function failed: ${JSON.stringify(answer)}`);
      return answer;
    },
    async failure(arn, payload = {}) {
      const { failed, payload: answer } = await lambda.invoke(root, arn, payload);
      if (!failed) throw new Error(`The function did not fail: ${JSON.stringify(answer)}`);
      return answer as { errorType: string; errorMessage: string; trace?: string[] };
    },
    async stop() {
      await lambda.stop?.();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
