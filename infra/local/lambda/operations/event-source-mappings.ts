import type { Call } from '../../service.ts';
import { describeMapping } from '../registry/describe.ts';
import { parseReference } from '../registry/reference.ts';
import type { Parts } from '../service-parts.ts';
import { mappingNotFound } from '../streams/mappings.ts';
import { paginate, type PageInput } from './paginate.ts';

type MappingParts = Pick<Parts, 'mappings' | 'environment'>;

interface ListInput extends PageInput {
  readonly FunctionName?: string;
  readonly EventSourceArn?: string;
}

export function listEventSourceMappings({ mappings, environment }: MappingParts) {
  return (call: Call, input: ListInput) => {
    call.authorize('lambda:ListEventSourceMappings', '*');
    const { FunctionName, EventSourceArn } = input;
    const name = FunctionName === undefined ? undefined : parseReference(FunctionName, environment).name;
    const found = mappings
      .all()
      .filter(({ functionName }) => name === undefined || functionName === name)
      .filter(({ streamArn }) => EventSourceArn === undefined || streamArn === EventSourceArn)
      .sort((left, right) => (left.id < right.id ? -1 : 1));
    const { items, NextMarker } = paginate(found, ({ id }) => id, input, 100);
    return { EventSourceMappings: items.map((mapping) => describeMapping(mapping, environment)), NextMarker };
  };
}

export function getEventSourceMapping({ mappings, environment }: MappingParts) {
  return (call: Call, { UUID }: { readonly UUID: string }) => {
    const { partition, region, accountId } = environment;
    const arn = `arn:${partition}:lambda:${region}:${accountId}:event-source-mapping:${UUID}`;
    call.authorize('lambda:GetEventSourceMapping', arn);
    const mapping = mappings.find(UUID);
    if (!mapping) throw mappingNotFound();
    return describeMapping(mapping, environment);
  };
}
