import type { KnownResource, Program } from '../template/program.ts';
import { knownLater } from '../template/program.ts';
import { canonical, changedMembers } from './canonical.ts';
import type { EngineContext } from './context.ts';
import { known } from './known.ts';
import { takesTags } from './takes-tags.ts';
import { isUnmade, type Stack } from './model.ts';

export interface PlannedChange {
  readonly action: 'Add' | 'Modify' | 'Remove';
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId?: string | undefined;
  readonly replacement?: boolean | undefined;
  readonly scope: readonly ('Properties' | 'Metadata' | 'DeletionPolicy' | 'Tags')[];
  readonly properties: readonly { readonly name: string; readonly recreates: boolean }[];
}

export interface Plan {
  readonly changes: readonly PlannedChange[];
  /** True if nothing at all would happen: no resource, output or tag is another. */
  readonly empty: boolean;
}

/** What an update of the stack to the program would do. What cannot be known before counts as changed. */
export async function planUpdate(
  context: EngineContext,
  stack: Stack,
  program: Program,
  tags: Stack['source']['tags'],
): Promise<Plan> {
  const existing = known(context, stack.stackId);
  const later = new Map<string, KnownResource>();
  const lookup = (logicalId: string): KnownResource | undefined => later.get(logicalId) ?? existing(logicalId);
  const declaredBefore =
    stack.status === 'REVIEW_IN_PROGRESS' ? {} : (await context.template(stack.source.template)).resources;
  const retagged = canonical(tags) !== canonical(stack.source.tags);
  const changes: PlannedChange[] = [];

  for (const logicalId of program.order) {
    const { type, metadata, deletionPolicy } = program.resources.get(logicalId) as NonNullable<
      ReturnType<typeof program.resources.get>
    >;
    const resource = context.resource(stack.stackId, logicalId);
    const makeLater = (): void =>
      void later.set(logicalId, { physicalId: knownLater, attributes: {}, type, later: true });
    if (resource?.physicalId === undefined || isUnmade(resource)) {
      makeLater();
      changes.push({ action: 'Add', logicalId, type, scope: [], properties: [] });
      continue;
    }
    const provider = context.provider(type);
    const properties = changedProperties(program, logicalId, resource.properties, lookup).map((name) => ({
      name,
      recreates: provider.replacedBy.includes(name),
    }));
    const replacement = properties.some(({ recreates }) => recreates);
    if (replacement) makeLater();
    const scope: PlannedChange['scope'][number][] = properties.length > 0 ? ['Properties'] : [];
    if (canonical(declaredBefore[logicalId]?.metadata ?? {}) !== canonical(metadata)) scope.push('Metadata');
    if (resource.deletionPolicy !== deletionPolicy) scope.push('DeletionPolicy');
    if (retagged && takesTags(provider)) scope.push('Tags');
    if (scope.length === 0) continue;
    changes.push({
      action: 'Modify',
      logicalId,
      type,
      physicalId: resource.physicalId,
      replacement,
      scope,
      properties,
    });
  }
  for (const { logicalId, type, physicalId } of context.resourcesOf(stack.stackId)) {
    if (!program.resources.has(logicalId))
      changes.push({ action: 'Remove', logicalId, type, physicalId, scope: [], properties: [] });
  }
  const isWhole = !stack.status.endsWith('_FAILED');
  const empty =
    isWhole && changes.length === 0 && !retagged && canonical(program.outputs(lookup)) === canonical(stack.outputs);
  return { changes, empty };
}

function changedProperties(
  program: Program,
  logicalId: string,
  before: Parameters<typeof changedMembers>[0],
  lookup: (logicalId: string) => KnownResource | undefined,
): string[] {
  const unsure = (program.dependencies.get(logicalId) ?? []).some((name) => lookup(name)?.later);
  try {
    return changedMembers(before, program.properties(logicalId, lookup));
  } catch (error) {
    // A value that stands for something later may not fit a function, Fn::Select for one.
    if (unsure) return Object.keys(program.resources.get(logicalId)?.properties ?? {});
    throw error;
  }
}
