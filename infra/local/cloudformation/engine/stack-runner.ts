import { randomUUID } from 'node:crypto';
import { AwsError } from '../../errors.ts';
import { parseTemplate } from '../template/parse-template.ts';
import type { Program } from '../template/program.ts';
import { requireCapabilities } from './capabilities.ts';
import { type EngineContext, newStackId } from './context.ts';
import { deletionOf, requireDeletable } from './deletion.ts';
import type { Stack, StackOperation, StackSource } from './model.ts';
import { stackType } from './model.ts';
import { requireName } from './names.ts';
import { type Plan, planUpdate } from './plan.ts';
import { RollbackHalted, runOperation } from './run-operation.ts';
import { EngineStopped } from './run-in-order.ts';
import { validateTypes, validateUnchangedTypes } from './validate-types.ts';

export interface StackRequest {
  readonly name: string;
  readonly templateText: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  readonly capabilities: readonly string[];
  readonly roleArn?: string | undefined;
  readonly clientRequestToken?: string | undefined;
  readonly onFailure?: StackOperation['onFailure'] | undefined;
  readonly terminationProtection?: boolean | undefined;
  readonly changeSetId?: string | undefined;
}

/** What a request comes to once it has been found valid. */
export interface CheckedRequest {
  readonly program: Program;
  readonly source: StackSource;
}

export type StackRunner = ReturnType<typeof createStackRunner>;

/** Starts operations on stacks, one at a time for each, and runs them to their end. */
export function createStackRunner(context: EngineContext) {
  const running = new Map<string, Promise<void>>();

  /** After a stack shows the end of an operation, its run has yet to end: the next one comes after that, never beside it. */
  const begin = (stackId: string): void => {
    const run = (running.get(stackId) ?? Promise.resolve())
      .then(() => runOperation(context, stackId))
      .catch((error: unknown) => {
        if (error instanceof EngineStopped || error instanceof RollbackHalted) return;
        process.stderr.write(`CloudFormation: the operation on ${stackId} stopped: ${String(error)}\n`);
      })
      .finally(() => {
        if (running.get(stackId) === run) running.delete(stackId);
      });
    running.set(stackId, run);
  };

  const settled = async (stackId: string): Promise<Stack> => {
    for (let run = running.get(stackId); run; run = running.get(stackId)) await run;
    return context.stackOf(stackId);
  };

  /** Everything that can be found wrong before anything is made is found here. */
  const check = async (stack: Pick<Stack, 'name' | 'stackId'>, request: StackRequest): Promise<CheckedRequest> => {
    parseTemplate(request.templateText);
    const { parameters, tags } = request;
    const source = { template: await context.keepTemplate(request.templateText), parameters, tags };
    const program = await context.compile(stack, source);
    requireCapabilities(program, request.capabilities);
    validateTypes(context, stack.name, program);
    validateUnchangedTypes(program, context.resourcesOf(stack.stackId));
    return { program, source };
  };

  const operationOf = (request: StackRequest, kind: StackOperation['kind']): StackOperation => ({
    id: randomUUID(),
    kind,
    phase: 'apply',
    clientRequestToken: request.clientRequestToken,
    onFailure: request.onFailure ?? 'ROLLBACK',
    retain: [],
  });

  return {
    settled,
    check,

    /** Creates a stack, or begins the creation of one that a change set has put under review. */
    async create(request: StackRequest, reviewed?: Stack): Promise<Stack> {
      const { name, clientRequestToken } = request;
      const same = context.find(name);
      if (same && clientRequestToken !== undefined && same.requestTokens[clientRequestToken] === 'create') return same;
      requireName('stackName', name);
      const stackId = reviewed?.stackId ?? newStackId(context.environment, name);
      const { program, source } = await check({ name, stackId }, request);
      const taken = context.find(name);
      if (taken && taken.stackId !== reviewed?.stackId)
        throw new AwsError('AlreadyExistsException', `Stack [${name}] already exists`);
      if (taken && taken.status !== 'REVIEW_IN_PROGRESS') throw busy(taken, 'created');
      const stack: Stack = {
        stackId,
        name,
        status: 'CREATE_IN_PROGRESS',
        statusReason: 'User Initiated',
        source,
        description: program.template.description,
        outputs: [],
        imports: program.imports,
        capabilities: request.capabilities,
        roleArn: request.roleArn,
        disableRollback: request.onFailure === 'DO_NOTHING',
        terminationProtection: request.terminationProtection ?? false,
        createdAt: reviewed?.createdAt ?? context.clock.now(),
        endpoint: context.environment.endpoint,
        requestTokens: clientRequestToken === undefined ? {} : { [clientRequestToken]: 'create' },
        operation: operationOf(request, 'create'),
        changeSetId: request.changeSetId,
      };
      const written = context.stacks.put(stackId, stack);
      context.report(stack, {
        logicalId: name,
        physicalId: stackId,
        type: stackType,
        status: stack.status,
        statusReason: stack.statusReason,
      });
      await written;
      begin(stackId);
      return stack;
    },

    async plan(stack: Stack, { program, source }: CheckedRequest): Promise<Plan> {
      return planUpdate(context, stack, program, source.tags);
    },

    async update(stack: Stack, request: StackRequest): Promise<Stack> {
      const { clientRequestToken: token } = request;
      if (token !== undefined && stack.requestTokens[token] === 'update') return stack;
      requireUpdatable(stack);
      const checked = await check(stack, request);
      const { empty } = await planUpdate(context, stack, checked.program, checked.source.tags);
      if (empty) throw new AwsError('ValidationError', 'No updates are to be performed.');
      const now = context.stackOf(stack.stackId);
      requireUpdatable(now);
      const updated = await context.setStack(stack.stackId, {
        status: 'UPDATE_IN_PROGRESS',
        statusReason: 'User Initiated',
        source: checked.source,
        capabilities: request.capabilities,
        roleArn: request.roleArn ?? now.roleArn,
        disableRollback: request.onFailure === 'DO_NOTHING',
        updatedAt: context.clock.now(),
        requestTokens: rememberToken(now, token, 'update'),
        operation: { ...operationOf(request, 'update'), previous: now.source },
        changeSetId: request.changeSetId,
      });
      begin(stack.stackId);
      return updated;
    },

    /** Of a stack that is being created no further resource is begun; it is deleted when what is under way has ended. */
    async delete(
      { stackId }: Stack,
      options: { retain?: readonly string[]; clientRequestToken?: string | undefined } = {},
    ): Promise<void> {
      const stack = context.stackOf(stackId);
      if (stack.status === 'DELETE_IN_PROGRESS') return;
      requireDeletable(context, stack, options.retain ?? []);
      const { clientRequestToken } = options;
      const creation = stack.operation?.kind === 'create' ? stack.operation : undefined;
      await context.setStack(stackId, {
        status: 'DELETE_IN_PROGRESS',
        statusReason: 'User Initiated',
        requestTokens: rememberToken(stack, clientRequestToken, 'delete'),
        operation: creation ? { ...creation, deletion: { clientRequestToken } } : deletionOf(stack, options),
      });
      begin(stackId);
    },

    /** Takes up a rollback again that could not be done before. */
    async continueRollback(stack: Stack): Promise<void> {
      if (stack.status !== 'UPDATE_ROLLBACK_FAILED' || !stack.operation) throw busy(stack, 'continued');
      await context.setStack(stack.stackId, { status: 'UPDATE_ROLLBACK_IN_PROGRESS', statusReason: 'User Initiated' });
      begin(stack.stackId);
    },

    /** Operations that a stop or a crash interrupted go on; answers when they have ended. */
    async resume(): Promise<void> {
      const interrupted = [...context.stacks.values()].filter(
        ({ operation, status }) => operation && status !== 'UPDATE_ROLLBACK_FAILED',
      );
      for (const { stackId } of interrupted) begin(stackId);
      await Promise.all(interrupted.map(({ stackId }) => settled(stackId)));
    },

    /** Where the endpoint is another one than before, attributes that carry it are computed anew and what uses them is updated. */
    async refresh(): Promise<void> {
      const { endpoint } = context.environment;
      const stale = [...context.stacks.values()].filter(
        (stack) =>
          stack.endpoint !== endpoint &&
          stack.deletedAt === undefined &&
          /^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$/.test(stack.status),
      );
      for (const stack of exportersFirst(stale)) {
        const operation = {
          id: randomUUID(),
          kind: 'refresh',
          phase: 'apply',
          onFailure: 'ROLLBACK',
          previous: stack.source,
          retain: [],
        } as const;
        await context.setStack(stack.stackId, { operation });
        begin(stack.stackId);
        await settled(stack.stackId);
      }
    },

    async whenIdle(): Promise<void> {
      while (running.size > 0) await Promise.all(running.values());
    },
  };
}

/** One that failed and was not rolled back goes on from where it is. */
const updatable = /^((CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE|(CREATE|UPDATE)_FAILED)$/;

function requireUpdatable(stack: Stack): void {
  if (!updatable.test(stack.status) || stack.operation) throw busy(stack, 'updated');
}

function busy({ stackId, status }: Stack, verb: string): AwsError {
  return new AwsError('ValidationError', `Stack:${stackId} is in ${status} state and can not be ${verb}.`);
}

const rememberedTokens = 10;

function rememberToken(stack: Stack, token: string | undefined, kind: 'update' | 'delete'): Stack['requestTokens'] {
  if (token === undefined) return stack.requestTokens;
  return Object.fromEntries([...Object.entries(stack.requestTokens).slice(1 - rememberedTokens), [token, kind]]);
}

function exportersFirst(stacks: readonly Stack[]): Stack[] {
  const ordered: Stack[] = [];
  const visit = (stack: Stack): void => {
    if (ordered.includes(stack)) return;
    const names = new Set(stack.imports);
    for (const other of stacks) {
      if (other !== stack && other.outputs.some(({ exportName }) => exportName !== undefined && names.has(exportName)))
        visit(other);
    }
    ordered.push(stack);
  };
  stacks.forEach(visit);
  return ordered;
}
