import { AwsError } from '../../errors.ts';
import type { Call, Operation } from '../../service.ts';
import type { Stack } from '../engine/model.ts';
import {
  type ApiContext,
  authorizedStack,
  listOf,
  missing,
  requiredText,
  stackArn,
  type StackInput,
} from './context.ts';
import { describeEvent, describeResource, describeStack } from './describe.ts';

/** Operations that read stacks. Answers come whole: there are no pages. */
export function queryOperations(api: ApiContext): Record<string, Operation> {
  const { context } = api;
  const byNewest = (left: Stack, right: Stack): number => right.createdAt - left.createdAt;

  return {
    async DescribeStacks(call: Call, { StackName: name }: StackInput) {
      const found = name ? context.find(name) : undefined;
      call.authorize('cloudformation:DescribeStacks', name ? found?.stackId ?? stackArn(context, name) : '*');
      if (name && !found) throw missing(name);
      const stacks = found
        ? [found]
        : [...context.stacks.values()].filter(({ deletedAt }) => deletedAt === undefined).sort(byNewest);
      return { Stacks: await Promise.all(stacks.map((stack) => describeStack(context, stack))) };
    },

    ListStacks(call: Call, { StackStatusFilter }: { readonly StackStatusFilter?: readonly string[] }) {
      call.authorize('cloudformation:ListStacks', '*');
      const wanted = new Set(listOf(StackStatusFilter));
      const stacks = [...context.stacks.values()]
        .filter(({ status }) => wanted.size === 0 || wanted.has(status))
        .sort(byNewest);
      return {
        StackSummaries: stacks.map((stack) => ({
          StackId: stack.stackId,
          StackName: stack.name,
          TemplateDescription: stack.description,
          CreationTime: new Date(stack.createdAt),
          LastUpdatedTime: stack.updatedAt === undefined ? undefined : new Date(stack.updatedAt),
          DeletionTime: stack.deletedAt === undefined ? undefined : new Date(stack.deletedAt),
          StackStatus: stack.status,
          StackStatusReason: stack.statusReason,
        })),
      };
    },

    DescribeStackEvents(call: Call, input: StackInput) {
      const stack = authorizedStack(api, call, 'DescribeStackEvents', input.StackName);
      return { StackEvents: context.events.of(stack.stackId).map(describeEvent) };
    },

    DescribeStackResources(call: Call, input: StackInput & { readonly LogicalResourceId?: string }) {
      const stack = authorizedStack(api, call, 'DescribeStackResources', input.StackName);
      const wanted = input.LogicalResourceId;
      const resources = context.resourcesOf(stack.stackId).filter(({ logicalId }) => !wanted || logicalId === wanted);
      const ofStack = { StackName: stack.name, StackId: stack.stackId };
      return {
        StackResources: resources.map((resource) => ({
          ...ofStack,
          ...describeResource(resource),
          Timestamp: new Date(resource.updatedAt),
        })),
      };
    },

    async DescribeStackResource(call: Call, input: StackInput & { readonly LogicalResourceId?: string }) {
      const stack = authorizedStack(api, call, 'DescribeStackResource', input.StackName);
      const wanted = requiredText('LogicalResourceId', input.LogicalResourceId);
      const resource = context.resource(stack.stackId, wanted);
      if (!resource) throw new AwsError('ValidationError', `Resource ${wanted} does not exist for stack ${stack.name}`);
      const { resources } = await context.template(stack.source.template);
      return {
        StackResourceDetail: {
          StackName: stack.name,
          StackId: stack.stackId,
          ...describeResource(resource),
          LastUpdatedTimestamp: new Date(resource.updatedAt),
          Metadata: JSON.stringify(resources[wanted]?.metadata ?? {}),
        },
      };
    },

    ListStackResources(call: Call, input: StackInput) {
      const stack = authorizedStack(api, call, 'ListStackResources', input.StackName);
      return {
        StackResourceSummaries: context.resourcesOf(stack.stackId).map((resource) => ({
          ...describeResource(resource),
          LastUpdatedTimestamp: new Date(resource.updatedAt),
        })),
      };
    },

    ListExports(call: Call) {
      call.authorize('cloudformation:ListExports', '*');
      return {
        Exports: context
          .exports()
          .map(({ name, value, stackId }) => ({ ExportingStackId: stackId, Name: name, Value: value })),
      };
    },
  };
}
