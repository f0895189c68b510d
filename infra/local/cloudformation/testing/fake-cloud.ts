import type {
  Environment,
  Functions,
  Json,
  JsonObject,
  Objects,
  Parameters,
  ResourceProvider,
  ResourceScope,
  State,
} from '../../service.ts';
import { createMemoryState } from '../../state/memory.ts';
import { createCloudFormation } from '../index.ts';

export interface FakeResource {
  readonly type: string;
  readonly token: string;
  properties: JsonObject;
  tags: ResourceScope['tags'];
}

/** A service with one type whose resources can be made to fail, to wait and to be looked at. */
export class FakeService {
  readonly existing = new Map<string, FakeResource>();
  /** `create A`, `update A`, `delete A`, in the order in which they began. */
  readonly calls: string[] = [];
  /** Calls that fail, `create A` for one. */
  readonly failing = new Set<string>();
  /** Calls that never end, as if the host were killed in them; made or not. */
  readonly hanging = new Map<string, 'before' | 'after'>();
  /** Calls that wait, and for what. */
  readonly #held = new Map<string, Promise<void>>();
  running = 0;
  mostRunning = 0;
  endpoint = '';

  readonly provider: ResourceProvider = {
    type: 'Fake::Service::Thing',
    properties: ['Name', 'Value', 'Settings', 'Items', 'Fixed', 'Tags'],
    replacedBy: ['Fixed'],
    create: async ({ logicalId, token, properties, tags }) => {
      await this.#call(`create ${logicalId}`, () =>
        this.existing.set(`${logicalId}-${token.slice(0, 6)}`, { type: logicalId, token, properties, tags }),
      );
      return this.#describe(`${logicalId}-${token.slice(0, 6)}`, properties);
    },
    update: async ({ logicalId, physicalId, properties, tags }) => {
      await this.#call(`update ${logicalId}`, () => {
        const found = this.existing.get(physicalId);
        if (!found) throw new Error(`${physicalId} is not there`);
        found.properties = properties;
        found.tags = tags;
      });
      return this.#describe(physicalId, properties);
    },
    delete: async ({ logicalId, physicalId }) => {
      await this.#call(`delete ${logicalId}`, () => this.existing.delete(physicalId));
    },
    refresh: async ({ physicalId, properties }) => this.#describe(physicalId, properties),
  };

  /** Has a call of that name, `create A` for one, wait until the answer is called. */
  hold(name: string): () => void {
    let letGo = (): void => undefined;
    this.#held.set(name, new Promise((resolve) => (letGo = resolve)));
    return () => {
      this.#held.delete(name);
      letGo();
    };
  }

  #describe(physicalId: string, properties: JsonObject) {
    return {
      physicalId,
      attributes: {
        Arn: `arn:${physicalId}`,
        Url: `${this.endpoint}/${physicalId}`,
        List: ['a', 'b'],
        Echo: properties['Value'] ?? '',
      },
    };
  }

  async #call(name: string, act: () => unknown): Promise<void> {
    this.calls.push(name);
    this.running++;
    this.mostRunning = Math.max(this.mostRunning, this.running);
    const hanging = this.hanging.get(name);
    if (hanging === 'before') await new Promise(() => undefined);
    await new Promise((resolve) => setImmediate(resolve));
    await this.#held.get(name);
    this.running--;
    if (this.failing.has(name)) throw new Error(`${name} was told to fail`);
    act();
    if (hanging === 'after') await new Promise(() => undefined);
  }
}

export const environmentOf = (endpoint: string): Environment => ({
  accountId: '000000000000',
  region: 'us-east-1',
  partition: 'aws',
  endpoint,
  certificateAuthority: '',
  folder: '',
});

export interface FakeCloudOptions {
  readonly service?: FakeService;
  readonly state?: State;
  /** Objects by `bucket/key`. */
  readonly files?: Map<string, Buffer>;
  readonly endpoint?: string;
  readonly functions?: Pick<Functions, 'invoke'>;
  readonly responseOrigin?: string;
}

/** A CloudFormation over the fake service, with SSM parameters and S3 objects as maps. */
export function createFakeCloud({
  service = new FakeService(),
  state = createMemoryState(),
  files = new Map<string, Buffer>(),
  endpoint = 'http://localhost:1',
  functions,
  responseOrigin,
}: FakeCloudOptions = {}) {
  const store = new Map<string, string>([['/version', '30']]);
  const parameters: Parameters = {
    get: (name) => store.get(name),
    put: async (name, value) => void store.set(name, value),
  };
  const objects: Objects = {
    read: async (bucket, key) => {
      const bytes = files.get(`${bucket}/${key}`);
      if (!bytes) throw new Error(`no ${key}`);
      return bytes;
    },
    write: async (bucket, key, bytes) => void files.set(`${bucket}/${key}`, Buffer.from(bytes)),
  };
  service.endpoint = endpoint;
  const engine = createCloudFormation({
    state,
    environment: environmentOf(endpoint),
    clock: { now: () => Date.now() },
    providers: () => [service.provider],
    parameters,
    functions: functions ?? {
      invoke: () => {
        throw new Error('There is no function');
      },
    },
    objects,
    ...(responseOrigin === undefined ? {} : { responseOrigin }),
  });
  return { engine, service, state, store, files, objects };
}

export const thing = (properties: JsonObject = {}, more: JsonObject = {}): JsonObject => ({
  Type: 'Fake::Service::Thing',
  Properties: properties,
  ...more,
});

export const template = (resources: JsonObject, more: JsonObject = {}): string =>
  JSON.stringify({ Resources: resources, ...more });

export const attribute = (logicalId: string, name: string): JsonObject => ({ 'Fn::GetAtt': [logicalId, name] });
export const ref = (name: string): JsonObject => ({ Ref: name });

/** Resources of which each refers to the one before. */
export const chain = (names: readonly string[]): Record<string, Json> =>
  Object.fromEntries(
    names.map((name, index) => [
      name,
      thing(index === 0 ? {} : { Value: attribute(names[index - 1] as string, 'Arn') }),
    ]),
  );

/** The property Value of the resource with that logical id. */
export const valueOf = (service: FakeService, logicalId: string): Json | undefined =>
  [...service.existing.values()].find(({ type }) => type === logicalId)?.properties['Value'];
