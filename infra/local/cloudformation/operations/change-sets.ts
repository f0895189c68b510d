import { randomUUID } from 'node:crypto';
import { AwsError } from '../../errors.ts';
import type { Call, Operation } from '../../service.ts';
import { newStackId } from '../engine/context.ts';
import { type Stack, stackType } from '../engine/model.ts';
import { requireName } from '../engine/names.ts';
import type { StackRequest } from '../engine/stack-runner.ts';
import type { ChangeSet } from './change-set.ts';
import { describeChange, summaryOf } from './describe-change-set.ts';
import { type ApiContext, authorizedStack, requiredText, stackArn, type StackInput } from './context.ts';
import { describeParameters } from './describe.ts';
import { readStackRequest, type StackRequestInput } from './stack-request.ts';

interface ChangeSetInput extends StackInput {
  readonly ChangeSetName?: string;
}

interface CreateChangeSetInput extends StackRequestInput, ChangeSetInput {
  readonly ChangeSetType?: string;
  readonly Description?: string;
  readonly OnStackFailure?: string;
  readonly IncludeNestedStacks?: string;
}

const nothingChanged =
  "The submitted information didn't contain changes. Submit different information to create a change set.";

export function changeSetOperations(api: ApiContext): Record<string, Operation> {
  const { context, runner, changeSets } = api;

  return {
    async CreateChangeSet(call: Call, input: CreateChangeSetInput) {
      const stackName = requiredText('StackName', input.StackName);
      const name = requiredText('ChangeSetName', input.ChangeSetName);
      const existing = context.find(stackName);
      call.authorize('cloudformation:CreateChangeSet', existing?.stackId ?? stackArn(context, stackName));
      const type = input.ChangeSetType ?? 'UPDATE';
      if (type !== 'CREATE' && type !== 'UPDATE')
        throw new AwsError('ValidationError', `ChangeSetType ${type} is not supported here`);
      if (type === 'UPDATE' && !existing) throw new AwsError('ValidationError', `Stack [${stackName}] does not exist`);
      if (type === 'CREATE' && existing && existing.status !== 'REVIEW_IN_PROGRESS') {
        throw new AwsError(
          'ValidationError',
          `Stack [${stackName}] already exists and cannot be created again with the changeSet [${name}].`,
        );
      }
      requireName('changeSetName', name);
      if (!existing) requireName('stackName', stackName);
      const request = await readStackRequest(api, call, { ...input, OnFailure: input.OnStackFailure }, existing);
      const stack = existing ?? reviewStack(api, request);
      const { program, source } = await runner.check(stack, request);
      const plan = await runner.plan(stack, { program, source });
      // Two callers may have come this far: from here to the writes nothing is awaited.
      if (context.find(stackName)?.stackId !== existing?.stackId)
        throw new AwsError('AlreadyExistsException', `Stack [${stackName}] already exists`);
      if (lookUpChangeSet(api, input))
        throw new AwsError('AlreadyExistsException', `ChangeSet [${name}] already exists`);
      const written: Promise<void>[] = [];
      if (!existing) {
        context.report(stack, {
          logicalId: stack.name,
          physicalId: stack.stackId,
          type: stackType,
          status: stack.status,
          statusReason: 'User Initiated',
        });
        written.push(context.stacks.put(stack.stackId, { ...stack, source }));
      }
      const { partition, region, accountId } = context.environment;
      const changeSet: ChangeSet = {
        changeSetId: `arn:${partition}:cloudformation:${region}:${accountId}:changeSet/${name}/${randomUUID()}`,
        name,
        stackId: stack.stackId,
        stackName: stack.name,
        type,
        description: input.Description,
        source,
        capabilities: request.capabilities,
        roleArn: request.roleArn,
        onFailure: request.onFailure ?? 'ROLLBACK',
        changes: plan.changes,
        status: plan.empty ? 'FAILED' : 'CREATE_COMPLETE',
        statusReason: plan.empty ? nothingChanged : undefined,
        executionStatus: plan.empty ? 'UNAVAILABLE' : 'AVAILABLE',
        createdAt: context.clock.now(),
      };
      await Promise.all([...written, changeSets.put(changeSet.changeSetId, changeSet)]);
      return { Id: changeSet.changeSetId, StackId: stack.stackId };
    },

    async DescribeChangeSet(call: Call, input: ChangeSetInput) {
      const changeSet = findChangeSet(api, call, 'DescribeChangeSet', input);
      const template = await context.template(changeSet.source.template);
      return {
        ...summaryOf(changeSet),
        Parameters: describeParameters(template, changeSet.source.parameters),
        Capabilities: changeSet.capabilities,
        Tags: Object.entries(changeSet.source.tags).map(([Key, Value]) => ({ Key, Value })),
        OnStackFailure: changeSet.onFailure,
        Changes: changeSet.changes.map(describeChange),
      };
    },

    async ExecuteChangeSet(
      call: Call,
      input: ChangeSetInput & { readonly ClientRequestToken?: string; readonly DisableRollback?: string },
    ) {
      const changeSet = findChangeSet(api, call, 'ExecuteChangeSet', input);
      if (changeSet.executionStatus !== 'AVAILABLE') {
        throw new AwsError(
          'InvalidChangeSetStatus',
          `ChangeSet [${changeSet.changeSetId}] cannot be executed in its current status of [${changeSet.status}]`,
        );
      }
      const stack = context.stackOf(changeSet.stackId);
      const request: StackRequest = {
        name: stack.name,
        templateText: await context.templateText(changeSet.source.template),
        parameters: changeSet.source.parameters,
        tags: changeSet.source.tags,
        capabilities: changeSet.capabilities,
        roleArn: changeSet.roleArn,
        onFailure: input.DisableRollback === 'true' ? 'DO_NOTHING' : changeSet.onFailure,
        clientRequestToken: input.ClientRequestToken,
        changeSetId: changeSet.changeSetId,
      };
      if (changeSet.type === 'CREATE') await runner.create(request, stack);
      else await runner.update(stack, request);
      // The stack is another one now than what the other change sets were compared with.
      await Promise.all(
        [...changeSets.values()]
          .filter(({ stackId }) => stackId === stack.stackId)
          .map(({ changeSetId }) => changeSets.delete(changeSetId)),
      );
      await changeSets.put(changeSet.changeSetId, { ...changeSet, executionStatus: 'EXECUTE_COMPLETE' });
      return {};
    },

    /** Of a stack that is there, a change set that is not is deleted already: CDK's CLI begins with this. */
    async DeleteChangeSet(call: Call, input: ChangeSetInput) {
      if (input.StackName && !lookUpChangeSet(api, input)) {
        authorizedStack(api, call, 'DeleteChangeSet', input.StackName);
        return {};
      }
      await changeSets.delete(findChangeSet(api, call, 'DeleteChangeSet', input).changeSetId);
      return {};
    },

    ListChangeSets(call: Call, input: StackInput) {
      const name = requiredText('StackName', input.StackName);
      const stack = context.find(name);
      call.authorize('cloudformation:ListChangeSets', stack?.stackId ?? stackArn(context, name));
      return { Summaries: [...changeSets.values()].filter(({ stackId }) => stackId === stack?.stackId).map(summaryOf) };
    },
  };
}

export function findChangeSet(api: ApiContext, call: Call, action: string, input: ChangeSetInput): ChangeSet {
  const found = lookUpChangeSet(api, input);
  call.authorize(`cloudformation:${action}`, found?.stackId ?? stackArn(api.context, input.StackName ?? '*'));
  if (found) return found;
  throw new AwsError('ChangeSetNotFoundException', `ChangeSet [${input.ChangeSetName ?? ''}] does not exist`, 404);
}

/** By its name within a stack, or by its ARN. */
function lookUpChangeSet({ context, changeSets }: ApiContext, input: ChangeSetInput): ChangeSet | undefined {
  const name = requiredText('ChangeSetName', input.ChangeSetName);
  const stack = input.StackName ? context.find(input.StackName) : undefined;
  return (
    changeSets.get(name) ?? [...changeSets.values()].find((set) => set.name === name && set.stackId === stack?.stackId)
  );
}

/** A stack that only a change set knows of so far. */
function reviewStack({ context }: ApiContext, request: StackRequest): Stack {
  return {
    stackId: newStackId(context.environment, request.name),
    name: request.name,
    status: 'REVIEW_IN_PROGRESS',
    statusReason: 'User Initiated',
    source: { template: '', parameters: {}, tags: {} },
    outputs: [],
    imports: [],
    capabilities: [],
    disableRollback: false,
    terminationProtection: false,
    createdAt: context.clock.now(),
    endpoint: context.environment.endpoint,
    requestTokens: {},
  };
}
