import { createHash, randomUUID } from 'node:crypto';
import type {
  Clock,
  Collection,
  Environment,
  Parameters,
  ResourceProvider,
  ResourceScope,
  State,
} from '../../service.ts';
import { parseTemplate } from '../template/parse-template.ts';
import type { Template } from '../template/model.ts';
import { compileProgram, type Program } from '../template/program.ts';
import { createEventLog, type EventLog } from './event-log.ts';
import {
  type ResourceStatus,
  type Stack,
  type StackOperation,
  type StackResource,
  type StackSource,
  type StackStatus,
  stackType,
} from './model.ts';

export interface EngineContext {
  readonly environment: Environment;
  readonly clock: Clock;
  readonly stacks: Collection<Stack>;
  readonly events: EventLog;
  readonly signal: AbortSignal;
  /** Throws if no service has the type; validation comes before. */
  provider(type: string): ResourceProvider;
  hasProvider(type: string): boolean;
  keepTemplate(text: string): Promise<string>;
  templateText(sha256: string): Promise<string>;
  template(sha256: string): Promise<Template>;
  compile(stack: Pick<Stack, 'name' | 'stackId'>, source: StackSource): Promise<Program>;

  stackOf(stackId: string): Stack;
  /** The stack of that name that is not deleted, or any stack by its id. */
  find(nameOrId: string): Stack | undefined;
  exports(): { readonly name: string; readonly value: string; readonly stackId: string }[];
  importers(exportName: string): Stack[];
  setStack(stackId: string, change: Partial<Stack>, event?: boolean): Promise<Stack>;

  resourcesOf(stackId: string): StackResource[];
  resource(stackId: string, logicalId: string): StackResource | undefined;
  /** Writes a resource; its status becomes an event if it is another one. */
  setResource(stack: Stack, resource: Omit<StackResource, 'stackId' | 'updatedAt'>): Promise<void>;
  report(stack: Stack, resource: ReportedResource): void;
  dropResource(stack: Stack, logicalId: string): Promise<void>;
  scope(stack: Stack, logicalId: string): ResourceScope;
}

export interface ReportedResource {
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId?: string | undefined;
  readonly status: StackStatus | ResourceStatus;
  readonly statusReason?: string | undefined;
}

export interface EngineContextOptions {
  readonly state: State;
  readonly environment: Environment;
  readonly clock: Clock;
  readonly parameters: Pick<Parameters, 'get'>;
  readonly signal: AbortSignal;
  /** By type, custom resources among them. */
  provider(type: string): ResourceProvider | undefined;
}

/** The documents of the engine and what reads them. */
export function createEngineContext(options: EngineContextOptions): EngineContext {
  const { state, environment, clock, parameters, signal, provider: lookUp } = options;
  const stacks = state.collection<Stack>('cloudformation/stacks');
  const resources = state.collection<StackResource>('cloudformation/resources');
  const events = createEventLog(state, clock);
  const templates = new Map<string, Template>();
  const byStack = new Map<string, Map<string, StackResource>>();
  for (const resource of resources.values()) index(resource.stackId).set(resource.logicalId, resource);

  function index(stackId: string): Map<string, StackResource> {
    const found = byStack.get(stackId) ?? new Map<string, StackResource>();
    byStack.set(stackId, found);
    return found;
  }
  const stackOf = (stackId: string): Stack => {
    const stack = stacks.get(stackId);
    if (!stack) throw new Error(`There is no stack ${stackId}`);
    return stack;
  };
  const templateText = async (sha256: string): Promise<string> => (await state.blobs.get(sha256)).toString('utf8');
  const template = async (sha256: string): Promise<Template> => {
    const parsed = templates.get(sha256) ?? parseTemplate(await templateText(sha256));
    templates.set(sha256, parsed);
    return parsed;
  };
  const exportsOf = () =>
    [...stacks.values()].flatMap(({ outputs, stackId, deletedAt }) =>
      deletedAt === undefined
        ? outputs.flatMap(({ exportName: name, value }) => (name === undefined ? [] : { name, value, stackId }))
        : [],
    );
  const report = (stack: Stack, resource: ReportedResource): void => {
    const { logicalId, type, physicalId = '', status, statusReason } = resource;
    const { stackId, name: stackName, operation } = stack;
    events.append({
      stackId,
      stackName,
      logicalId,
      physicalId,
      type,
      status,
      statusReason,
      clientRequestToken: (operation?.deletion ?? operation)?.clientRequestToken,
    });
  };

  return {
    environment,
    clock,
    stacks,
    events,
    signal,
    hasProvider: (type) => lookUp(type) !== undefined,
    provider: (type) => {
      const provider = lookUp(type);
      if (!provider) throw new Error(`No service of this cloud has the resource type ${type}`);
      return provider;
    },
    keepTemplate: (text) => state.blobs.put(Buffer.from(text)),
    templateText,
    template,
    compile: async ({ name, stackId }, source) =>
      compileProgram(await template(source.template), source.parameters, {
        stackName: name,
        stackId,
        environment,
        store: parameters,
        findExport: (exportName) => exportsOf().find((exported) => exported.name === exportName)?.value,
      }),
    stackOf,
    find: (nameOrId) =>
      stacks.get(nameOrId) ??
      [...stacks.values()].find(({ name, deletedAt }) => name === nameOrId && deletedAt === undefined),
    exports: exportsOf,
    importers: (exportName) =>
      [...stacks.values()].filter(({ imports, deletedAt }) => deletedAt === undefined && imports.includes(exportName)),
    async setStack(stackId, change, event = true) {
      const stack = { ...stackOf(stackId), ...change };
      const written = stacks.put(stackId, stack);
      if (event && change.status !== undefined) {
        report(stack, {
          logicalId: stack.name,
          physicalId: stackId,
          type: stackType,
          status: stack.status,
          statusReason: stack.statusReason,
        });
      }
      await written;
      return stack;
    },
    resourcesOf: (stackId) => [...index(stackId).values()],
    resource: (stackId, logicalId) => index(stackId).get(logicalId),
    async setResource(stack, given) {
      const { stackId } = stack;
      const before = index(stackId).get(given.logicalId);
      const resource: StackResource = { ...given, stackId, updatedAt: clock.now() };
      index(stackId).set(given.logicalId, resource);
      if (before?.status !== resource.status || before.physicalId !== resource.physicalId) report(stack, resource);
      await resources.put(`${stackId}#${given.logicalId}`, resource);
    },
    report,
    async dropResource({ stackId }, logicalId) {
      index(stackId).delete(logicalId);
      await resources.delete(`${stackId}#${logicalId}`);
    },
    scope: ({ name, stackId, source }, logicalId) => ({ stackName: name, stackId, logicalId, tags: source.tags }),
  };
}

/** The token of one resource's creation: the same however often the operation is taken up again. */
export function creationToken(operation: StackOperation, logicalId: string): string {
  return createHash('sha256').update(`${operation.id}/${logicalId}`).digest('hex').slice(0, 32);
}

export function newStackId({ partition, region, accountId }: Environment, name: string): string {
  return `arn:${partition}:cloudformation:${region}:${accountId}:stack/${name}/${randomUUID()}`;
}
