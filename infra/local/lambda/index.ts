import type { Functions, Json, LocalService } from '../service.ts';
import { lambdaApi } from './api.ts';
import { createUnpackCode } from './code/unpack-code.ts';
import type { LambdaDependencies } from './dependencies.ts';
import { createRegistry } from './registry/registry.ts';
import { createCheckPermission } from './invocations/check-permission.ts';
import { createInvoke } from './invocations/invoker.ts';
import { createPermissionStore } from './invocations/permissions.ts';
import { createInvocationQueue } from './invocations/queue.ts';
import { initializeAhead } from './pool/initialize-ahead.ts';
import { createPool } from './pool/pool.ts';
import { createStartWorker } from './pool/start-worker.ts';
import { createWorkerProcesses } from './pool/worker-processes.ts';
import { aliasProvider } from './providers/alias.ts';
import { eventSourceMappingProvider } from './providers/event-source-mapping.ts';
import { functionProvider } from './providers/function.ts';
import { permissionProvider } from './providers/permission.ts';
import { versionProvider } from './providers/version.ts';
import type { Parts } from './service-parts.ts';
import { createMappings } from './streams/mappings.ts';

export type { LambdaDependencies } from './dependencies.ts';

const sweepInterval = 30_000;

/** Lambda: runs functions' real code in worker threads of a process of their own. */
export function createLambda(dependencies: LambdaDependencies): LocalService & Functions {
  const { state, environment, clock, identity, randomBytes } = dependencies;
  const processes = createWorkerProcesses(environment.folder);
  const startWorker = createStartWorker(dependencies, createUnpackCode(environment, state.blobs), processes);
  const pool = createPool(startWorker, clock, {
    perFunction: 4,
    total: 16,
    queue: 1000,
    idle: 5 * 60_000,
    patience: 25,
    farewell: 3000,
  });
  const registry = createRegistry({
    ...dependencies,
    onChange: (name) => {
      pool.refresh(name, registry.find(name));
    },
  });
  const permissions = createPermissionStore(state);
  const checkPermission = createCheckPermission(identity, permissions, environment);
  const invoke = createInvoke(pool, dependencies.metrics, clock, randomBytes);
  const queue = createInvocationQueue({ ...dependencies, registry, invoke, retryDelays: [1000, 2000] });
  const mappings = createMappings({ ...dependencies, registry, invoke, pollInterval: 5000 });
  const parts: Parts = { ...dependencies, registry, permissions, checkPermission, invoke, queue, mappings };
  let sweeper: NodeJS.Timeout | undefined;

  return {
    name: 'lambda',
    apis: [lambdaApi(parts)],
    providers: [
      functionProvider(parts),
      permissionProvider(parts),
      eventSourceMappingProvider(parts),
      versionProvider(parts),
      aliasProvider(parts),
    ],

    async invoke(caller, functionArn, payload) {
      const target = registry.resolve(functionArn);
      checkPermission(caller, target);
      const outcome = await invoke(target, JSON.stringify(payload));
      return { payload: JSON.parse(outcome.payload) as Json, failed: outcome.failed };
    },

    async invokeLater(caller, functionArn, payload) {
      const target = registry.resolve(functionArn);
      checkPermission(caller, target);
      await queue.accept(target, JSON.stringify(payload));
    },

    start: async () => {
      sweeper = setInterval(() => pool.sweep(), sweepInterval);
      sweeper.unref();
      queue.resume();
      mappings.resume();
      if (!dependencies.initializesAhead) return;
      processes.prepare();
      initializeAhead(pool, registry.all(), dependencies.initializesAhead).catch((error: unknown) => {
        // Its first event says so again, to whoever waits for it.
        process.stderr.write(`A function was not initialized ahead: ${String(error)}\n`);
      });
    },

    stop: async () => {
      clearInterval(sweeper);
      queue.stop();
      await Promise.all([mappings.stop(), pool.stop()]);
      await processes.stop();
    },
  };
}
