import type { Call } from '../../service.ts';
import { describeFunction } from '../registry/describe.ts';
import type { Parts } from '../service-parts.ts';
import { paginate, type PageInput } from './paginate.ts';

export function listFunctions({ registry, environment }: Pick<Parts, 'registry' | 'environment'>) {
  return (call: Call, input: PageInput) => {
    call.authorize('lambda:ListFunctions', '*');
    const sorted = registry.all().sort((left, right) => (left.name < right.name ? -1 : 1));
    const { items, NextMarker } = paginate(sorted, ({ name }) => name, input, 50);
    return { Functions: items.map((document) => describeFunction(document, environment)), NextMarker };
  };
}
