import type { LambdaDependencies } from './dependencies.ts';
import type { Registry } from './registry/registry.ts';
import type { CheckPermission } from './invocations/check-permission.ts';
import type { Invoke } from './invocations/invoker.ts';
import type { PermissionStore } from './invocations/permissions.ts';
import type { InvocationQueue } from './invocations/queue.ts';
import type { Mappings } from './streams/mappings.ts';

/** The parts of the service that its operations and providers work with. */
export interface Parts extends LambdaDependencies {
  readonly registry: Registry;
  readonly permissions: PermissionStore;
  readonly checkPermission: CheckPermission;
  readonly invoke: Invoke;
  readonly queue: InvocationQueue;
  readonly mappings: Mappings;
}
