import type { ChangeSet } from './change-set.ts';

export function summaryOf(changeSet: ChangeSet) {
  return {
    ChangeSetId: changeSet.changeSetId,
    ChangeSetName: changeSet.name,
    StackId: changeSet.stackId,
    StackName: changeSet.stackName,
    Description: changeSet.description,
    CreationTime: new Date(changeSet.createdAt),
    Status: changeSet.status,
    StatusReason: changeSet.statusReason,
    ExecutionStatus: changeSet.executionStatus,
    IncludeNestedStacks: false,
  };
}

export function describeChange({
  action,
  logicalId,
  physicalId,
  type,
  replacement,
  scope,
  properties,
}: ChangeSet['changes'][number]) {
  const targets = [
    ...properties.map(({ name, recreates }) => ({
      Attribute: 'Properties',
      Name: name,
      RequiresRecreation: recreates ? 'Always' : 'Never',
    })),
    ...(scope.includes('Tags') ? [{ Attribute: 'Tags', RequiresRecreation: 'Never' }] : []),
  ];
  const Replacement = replacement === undefined ? undefined : replacement ? 'True' : 'False';
  const change = {
    Action: action,
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: type,
    Replacement,
    Scope: scope,
    Details: targets.map((Target) => ({ Target, Evaluation: 'Static', ChangeSource: 'DirectModification' })),
  };
  return { Type: 'Resource', ResourceChange: change };
}
