import type { EngineContext } from '../engine/context.ts';
import type { Stack, StackEvent, StackResource } from '../engine/model.ts';
import type { Template } from '../template/model.ts';

/** A stack as DescribeStacks shows it. Values of NoEcho parameters are hidden. */
export async function describeStack(context: EngineContext, stack: Stack) {
  const Tags = Object.entries(stack.source.tags).map(([Key, Value]) => ({ Key, Value }));
  const template = stack.status === 'REVIEW_IN_PROGRESS' ? undefined : await context.template(stack.source.template);
  const Outputs = stack.outputs.map(({ key, value, description, exportName }) => ({
    OutputKey: key,
    OutputValue: value,
    Description: description,
    ExportName: exportName,
  }));
  return {
    StackId: stack.stackId,
    StackName: stack.name,
    ChangeSetId: stack.changeSetId,
    Description: stack.description,
    Parameters: template ? describeParameters(template, stack.source.parameters) : [],
    CreationTime: new Date(stack.createdAt),
    LastUpdatedTime: dateOf(stack.updatedAt),
    DeletionTime: dateOf(stack.deletedAt),
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    DisableRollback: stack.disableRollback,
    EnableTerminationProtection: stack.terminationProtection,
    Capabilities: stack.capabilities.length > 0 ? stack.capabilities : undefined,
    RoleARN: stack.roleArn,
    Outputs: Outputs.length > 0 ? Outputs : undefined,
    Tags,
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
  };
}

export function describeParameters(template: Template, given: Readonly<Record<string, string>>) {
  return Object.entries(template.parameters).flatMap(([ParameterKey, { Default, NoEcho }]) => {
    const value = given[ParameterKey] ?? (Default === undefined ? undefined : String(Default));
    if (value === undefined) return [];
    return [{ ParameterKey, ParameterValue: String(NoEcho) === 'true' ? '****' : value }];
  });
}

export function describeResource(resource: StackResource) {
  return {
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId,
    ResourceType: resource.type,
    ResourceStatus: resource.status,
    ResourceStatusReason: resource.statusReason,
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
  };
}

export function describeEvent(event: StackEvent) {
  return {
    EventId: event.eventId,
    StackId: event.stackId,
    StackName: event.stackName,
    LogicalResourceId: event.logicalId,
    PhysicalResourceId: event.physicalId,
    ResourceType: event.type,
    Timestamp: new Date(event.timestamp),
    ResourceStatus: event.status,
    ResourceStatusReason: event.statusReason,
    ClientRequestToken: event.clientRequestToken,
  };
}

export function dateOf(milliseconds: number | undefined): Date | undefined {
  return milliseconds === undefined ? undefined : new Date(milliseconds);
}
