import { AwsError } from '../../errors.ts';
import type { LambdaDependencies } from '../dependencies.ts';
import type { Registry } from '../registry/registry.ts';
import type { Invoke } from '../invocations/invoker.ts';
import type { MappingDocument, MappingSettings } from '../model.ts';
import { assumeFunctionRole } from '../pool/start-worker.ts';
import { createCheckpoints } from './checkpoints.ts';
import { compilePattern } from './match-pattern.ts';
import { runMapping, skipToLatest } from './run-mapping.ts';
import { createStreamClient, type StreamClient } from './stream-client.ts';

/** The event source mappings, and the readers that run for them. */
export interface Mappings {
  all(): MappingDocument[];
  find(id: string): MappingDocument | undefined;
  /** Throws InvalidParameterValueException if the function's role cannot read the stream. */
  create(mapping: Omit<MappingDocument, 'modifiedAt' | 'lastResult'>): Promise<MappingDocument>;
  change(id: string, settings: MappingSettings): Promise<MappingDocument>;
  delete(id: string): Promise<void>;
  /** Runs what an earlier process had. */
  resume(): void;
  stop(): Promise<void>;
}

export interface MappingsDependencies
  extends Pick<LambdaDependencies, 'state' | 'environment' | 'clock' | 'identity' | 'tables' | 'logs'> {
  readonly registry: Registry;
  readonly invoke: Invoke;
  /** Milliseconds between looks at a stream that nothing is heard of. */
  readonly pollInterval: number;
}

interface Running {
  readonly abort: AbortController;
  readonly ended: Promise<void>;
}

export function createMappings(dependencies: MappingsDependencies): Mappings {
  const { state, environment, clock, identity, tables, logs, registry, invoke, pollInterval } = dependencies;
  const documents = state.collection<MappingDocument>('lambda/event-source-mappings');
  const running = new Map<string, Running>();
  const lastResults = new Map<string, string>();

  const clientOf = ({ functionName, streamArn }: Pick<MappingDocument, 'functionName' | 'streamArn'>): StreamClient => {
    const principal = () => {
      const { document } = registry.resolve(functionName);
      return assumeFunctionRole(identity, document.role, functionName);
    };
    return createStreamClient(tables, principal, streamArn);
  };

  const start = (mapping: MappingDocument): void => {
    if (!mapping.enabled) return;
    const abort = new AbortController();
    const ended = runMapping({
      mapping,
      environment,
      clock,
      pollInterval,
      client: clientOf(mapping),
      checkpoints: createCheckpoints(state, mapping.id),
      filters: mapping.filters.map(compilePattern),
      abort: abort.signal,
      invoke: async (payload) => await invoke(registry.resolve(mapping.functionName, mapping.qualifier), payload),
      discard: (records, why) => {
        const group = registry.find(mapping.functionName)?.logging.group ?? `/aws/lambda/${mapping.functionName}`;
        logs.write(group, 'event-source-mappings', [`ERROR ${mapping.id} gives up ${records.length} records: ${why}`]);
      },
      note: (result) => lastResults.set(mapping.id, result),
      onWrite: (listener) => tables.streams.onWrite(mapping.streamArn, listener),
    });
    running.set(mapping.id, { abort, ended });
  };

  const halt = async (id: string): Promise<void> => {
    const runner = running.get(id);
    running.delete(id);
    runner?.abort.abort();
    await runner?.ended;
  };

  const describe = (mapping: MappingDocument): MappingDocument => ({
    ...mapping,
    lastResult: lastResults.get(mapping.id) ?? mapping.lastResult,
  });

  return {
    all: () => [...documents.values()].map(describe),
    find: (id) => {
      const mapping = documents.get(id);
      return mapping && describe(mapping);
    },

    async create(given) {
      const existing = documents.get(given.id);
      if (existing) return describe(existing);
      registry.resolve(given.functionName, given.qualifier);
      given.filters.forEach(compilePattern);
      await prepare(clientOf(given), given.id, given.startingPosition === 'LATEST');
      const mapping = { ...given, modifiedAt: clock.now(), lastResult: 'No records processed' };
      await documents.put(mapping.id, mapping);
      start(mapping);
      return mapping;
    },

    async change(id, settings) {
      const mapping = documents.get(id);
      if (!mapping) throw mappingNotFound();
      registry.resolve(settings.functionName, settings.qualifier);
      settings.filters.forEach(compilePattern);
      const changed = { ...mapping, ...settings, modifiedAt: clock.now() };
      await documents.put(id, changed);
      await halt(id);
      start(changed);
      return describe(changed);
    },

    async delete(id) {
      await documents.delete(id);
      await halt(id);
      await createCheckpoints(state, id).keepOnly([]);
      lastResults.delete(id);
    },

    resume() {
      for (const mapping of documents.values()) if (!running.has(mapping.id)) start(mapping);
    },

    stop: async () => void (await Promise.all([...running.keys()].map(halt))),
  };

  async function prepare(client: StreamClient, id: string, latest: boolean): Promise<void> {
    try {
      await client.shards();
      if (latest) await skipToLatest(client, createCheckpoints(state, id));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      throw new AwsError(
        'InvalidParameterValueException',
        `Cannot access stream. Please ensure the role can perform the GetRecords, GetShardIterator, DescribeStream, ` +
          `and ListStreams Actions on your stream in IAM: ${error.message}`,
      );
    }
  }
}

export function mappingNotFound(): AwsError {
  return new AwsError('ResourceNotFoundException', 'The resource you requested does not exist.', 404, { Type: 'User' });
}
