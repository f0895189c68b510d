import type { JsonObject, ResourceProvider, ResourceResult } from '../../../service.ts';
import { lowerNames, readInput } from '../../read-input.ts';
import { generatedName, tagList } from '../../resource.ts';
import { pipelineName } from '../definition/declaration.ts';
import { readDeclaration } from '../definition/read-declaration.ts';
import type { ManagePipelines } from '../manage-pipelines.ts';
import type { Pipeline } from '../model.ts';

/** AWS::CodePipeline::Pipeline */
export function pipelineProvider(pipelines: ManagePipelines): ResourceProvider {
  const result = ({ name, version }: Pipeline): ResourceResult => ({
    physicalId: name,
    attributes: { Version: String(version) },
  });

  return {
    type: 'AWS::CodePipeline::Pipeline',
    properties: [
      'Name',
      'ArtifactStore',
      'ExecutionMode',
      'PipelineType',
      'RestartExecutionOnUpdate',
      'RoleArn',
      'Stages',
      'Tags',
      'Variables',
    ],
    replacedBy: ['Name'],
    async create({ token, properties, ...scope }) {
      const given = properties['Name'] ?? generatedName(`${scope.stackName}-${scope.logicalId}`, token, 100);
      const name = readInput(pipelineName, given, 'InvalidStructureException');
      const declaration = readDeclaration({ ...declarationOf(properties), name });
      const tags = tagList(scope, properties['Tags']);
      return result(await pipelines.create({ declaration, tags, token, creator: 'cloudformation.amazonaws.com' }));
    },
    async update({ physicalId, properties, ...scope }) {
      const declaration = readDeclaration({ ...declarationOf(properties), name: physicalId });
      return result(await pipelines.update(declaration, tagList(scope, properties['Tags'])));
    },
    delete: ({ physicalId }) => pipelines.delete(physicalId),
  };
}

/** A configuration's keys are the action's own and stay as they are. */
function declarationOf({ Tags: _tags, Name: _name, ...properties }: JsonObject): JsonObject {
  return lowerNames(properties, new Set(['Configuration'])) as JsonObject;
}
