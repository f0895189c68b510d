import type { KnownResource } from '../template/program.ts';
import type { EngineContext } from './context.ts';

/** What Ref and Fn::GetAtt can see of a stack's resources. */
export function known(context: EngineContext, stackId: string): (logicalId: string) => KnownResource | undefined {
  return (logicalId) => {
    const resource = context.resource(stackId, logicalId);
    if (resource?.physicalId === undefined) return undefined;
    return { physicalId: resource.physicalId, attributes: resource.attributes, type: resource.type };
  };
}
