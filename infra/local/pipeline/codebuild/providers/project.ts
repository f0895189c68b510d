import { AwsError } from '../../../errors.ts';
import type { Json, JsonObject, ResourceProvider, ResourceResult, ResourceScope } from '../../../service.ts';
import { lowerNames, readInput } from '../../read-input.ts';
import { generatedName, tagList } from '../../resource.ts';
import { projectName, type ProjectSettings, projectSettings } from '../project-settings.ts';
import type { BuildStore } from '../store.ts';

/** AWS::CodeBuild::Project */
export function projectProvider(store: BuildStore): ResourceProvider {
  const result = (name: string): ResourceResult => ({
    physicalId: name,
    attributes: { Arn: store.projectArn(name), Id: name },
  });

  return {
    type: 'AWS::CodeBuild::Project',
    properties: [
      'Name',
      'Artifacts',
      'Cache',
      'ConcurrentBuildLimit',
      'Description',
      'EncryptionKey',
      'Environment',
      'LogsConfig',
      'QueuedTimeoutInMinutes',
      'ServiceRole',
      'Source',
      'Tags',
      'TimeoutInMinutes',
      'Visibility',
    ],
    replacedBy: ['Name'],
    async create({ token, properties, ...scope }) {
      const given = properties['Name'] ?? generatedName(scope.logicalId, token, 255);
      const name = readInput(projectName, given, 'InvalidInputException');
      const existing = store.projects.get(name);
      if (existing && existing.token !== token)
        throw new AwsError('ResourceAlreadyExistsException', `Project already exists: ${store.projectArn(name)}`);
      const now = store.clock.now();
      const settings = settingsOf(scope, properties);
      const { createdAt = now, builds = 0 } = existing ?? {};
      await store.projects.put(name, { name, settings, createdAt, modifiedAt: now, builds, token });
      return result(name);
    },
    async update({ physicalId, properties, ...scope }) {
      const settings = settingsOf(scope, properties);
      const project = { ...store.projectOf(physicalId), settings, modifiedAt: store.clock.now() };
      await store.projects.put(physicalId, project);
      return result(physicalId);
    },
    // Its builds are kept, as AWS does; one that runs goes on to its end.
    delete: ({ physicalId }) => store.projects.delete(physicalId),
  };
}

/** CloudFormation writes `BuildSpec` where the API has `buildspec`. */
function settingsOf(scope: ResourceScope, properties: JsonObject): ProjectSettings {
  const { Name: _name, Source: source, Tags: tags, ...others } = properties;
  const { BuildSpec: buildspec, ...rest } = (source ?? {}) as JsonObject;
  const settings = {
    ...(lowerNames(others) as JsonObject),
    source: { ...(lowerNames(rest) as JsonObject), ...(buildspec === undefined ? {} : { buildspec }) },
    tags: tagList(scope, tags as Json | undefined),
  };
  return readInput(projectSettings, settings, 'InvalidInputException');
}
