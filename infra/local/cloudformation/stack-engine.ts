import { AwsError } from '../errors.ts';
import type { Environment } from '../service.ts';
import type { EngineContext } from './engine/context.ts';
import { reasonOf } from './engine/failure.ts';
import type { Stack, StackEvent } from './engine/model.ts';
import { stackType } from './engine/model.ts';
import type { StackRequest, StackRunner } from './engine/stack-runner.ts';

export interface DeployRequest {
  readonly name: string;
  readonly template: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly tags?: Readonly<Record<string, string>>;
  readonly terminationProtection?: boolean;
}

export interface DeployedStack {
  readonly stackId: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** False if nothing had to be done. */
  readonly changed: boolean;
}

/** Stacks in process, for what starts the cloud. */
export interface StackEngine {
  readonly environment: Environment;
  /** Creates or updates and waits. Throws StackFailed, after the rollback, naming what failed and why. */
  deploy(request: DeployRequest): Promise<DeployedStack>;
  /** Deletes and waits; a stack that is not there is deleted already. */
  destroy(name: string): Promise<void>;
  /** Outputs of a stack by its name; `undefined` if there is none. */
  outputs(name: string): Readonly<Record<string, string>> | undefined;
  /** Every event of every stack from now on; answers how to stop. */
  onEvent(listener: (event: StackEvent) => void): () => void;
}

export class StackFailed extends Error {
  override readonly name = 'StackFailed';

  constructor(readonly stackName: string, readonly status: string, readonly causes: readonly string[]) {
    super(`Stack ${stackName} is in ${status}: ${causes.join('; ') || 'no resource says why'}`);
  }
}

const complete = /^(CREATE|UPDATE)_COMPLETE$/;
/** Where there is nothing to update: AWS too wants such a stack deleted first. */
const unusable = /^(ROLLBACK_COMPLETE|ROLLBACK_FAILED|CREATE_FAILED|DELETE_FAILED|REVIEW_IN_PROGRESS)$/;

export function createStackEngine(context: EngineContext, runner: StackRunner): StackEngine {
  const current = async (name: string): Promise<Stack | undefined> => {
    const stack = context.find(name);
    if (!stack) return undefined;
    const settled = await runner.settled(stack.stackId);
    return settled.deletedAt === undefined ? settled : undefined;
  };

  const finish = async (started: Stack): Promise<DeployedStack> => {
    const stack = await runner.settled(started.stackId);
    if (!complete.test(stack.status)) throw new StackFailed(stack.name, stack.status, causesOf(context, stack));
    return { stackId: stack.stackId, outputs: outputsOf(stack), changed: true };
  };

  const destroy = async (name: string): Promise<void> => {
    const stack = await current(name);
    if (!stack) return;
    await runner.delete(stack);
    const after = await runner.settled(stack.stackId);
    if (after.status !== 'DELETE_COMPLETE') throw new StackFailed(name, after.status, causesOf(context, after));
  };

  return {
    environment: context.environment,
    destroy,
    async deploy({ name, template, parameters = {}, tags = {}, terminationProtection = false }) {
      const request: StackRequest = {
        name,
        templateText: template,
        parameters,
        tags,
        capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
        terminationProtection,
      };
      let stack = await current(name);
      if (stack?.status === 'UPDATE_ROLLBACK_FAILED') {
        await runner.continueRollback(stack);
        stack = await runner.settled(stack.stackId);
      }
      if (stack && unusable.test(stack.status)) {
        await destroy(name);
        stack = undefined;
      }
      if (!stack) return finish(await runner.create(request));
      if (complete.test(stack.status) && (await isSame(context, stack, request))) {
        return { stackId: stack.stackId, outputs: outputsOf(stack), changed: false };
      }
      try {
        return await finish(await runner.update(stack, request));
      } catch (error) {
        if (!(error instanceof AwsError) || reasonOf(error).indexOf('No updates are to be performed') < 0) throw error;
        return { stackId: stack.stackId, outputs: outputsOf(stack), changed: false };
      }
    },
    outputs: (name) => {
      const stack = context.find(name);
      return stack && outputsOf(stack);
    },
    onEvent: (listener) => context.events.listen(listener),
  };
}

function outputsOf(stack: Stack): Record<string, string> {
  return Object.fromEntries(stack.outputs.map(({ key, value }) => [key, value]));
}

/** The same template, parameters and tags: then a restart need not look at a single resource. */
async function isSame(context: EngineContext, { source }: Stack, request: StackRequest): Promise<boolean> {
  const same = (left: object, right: object): boolean =>
    JSON.stringify(Object.entries(left).sort()) === JSON.stringify(Object.entries(right).sort());
  if (!same(source.parameters, request.parameters) || !same(source.tags, request.tags)) return false;
  return source.template === (await context.keepTemplate(request.templateText));
}

/** The failures since the stack's last operation began, the first one first; or what the operation as a whole failed for. */
function causesOf(context: EngineContext, stack: Stack): string[] {
  const causes: string[] = [];
  let whole = stack.statusReason;
  for (const { type, logicalId, status, statusReason } of context.events.of(stack.stackId)) {
    if (type !== stackType && status.endsWith('_FAILED'))
      causes.unshift(`${logicalId} (${type}): ${statusReason ?? status}`);
    if (type !== stackType) continue;
    if (statusReason === 'User Initiated') break;
    whole = statusReason ?? whole;
  }
  return causes.length > 0 || whole === undefined ? causes : [whole];
}
