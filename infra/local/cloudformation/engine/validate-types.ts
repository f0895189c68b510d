import { AwsError } from '../../errors.ts';
import type { Program } from '../template/program.ts';
import type { EngineContext } from './context.ts';
import type { StackResource } from './model.ts';

/** Refuses, before anything is made, a type that no service here has and a property that its provider does not honour. */
export function validateTypes(context: EngineContext, stackName: string, program: Program): void {
  for (const [logicalId, { type, properties }] of program.resources) {
    const where = `Stack ${stackName}, resource ${logicalId}`;
    if (!context.hasProvider(type))
      throw new AwsError('ValidationError', `${where}: Unrecognized resource types: [${type}]`);
    const provider = context.provider(type);
    if (provider.properties.includes('*')) continue;
    const unknown = Object.keys(properties).find((name) => !provider.properties.includes(name));
    if (unknown !== undefined)
      throw new AwsError('ValidationError', `${where} (${type}): the property ${unknown} is not supported`);
  }
}

/** A logical id keeps its type: AWS refuses to turn one into another. */
export function validateUnchangedTypes(program: Program, resources: readonly StackResource[]): void {
  const changed = resources.filter(({ logicalId, type }) => {
    const declared = program.resources.get(logicalId);
    return declared !== undefined && declared.type !== type;
  });
  if (changed.length === 0) return;
  const names = changed.map(({ logicalId }) => logicalId).join(', ');
  throw new AwsError(
    'ValidationError',
    `Update of resource type is not permitted. The new template modifies resource type of the following resources: [${names}]`,
  );
}
