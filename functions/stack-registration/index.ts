import { systemClock } from '../layer/clock.ts';
import { customResource } from '../layer/custom-resource.ts';
import { createDocuments } from '../layer/documents.ts';
import { readEnvironment } from '../layer/environment.ts';
import { observe } from '../layer/observe.ts';
import { registerStack } from './register-stack.ts';

const { TENANT_STACK_MAPPING_TABLE } = readEnvironment('TENANT_STACK_MAPPING_TABLE');

/** The custom resource by which a tenant stack enters itself in the mapping. */
export const handler = observe(
  customResource(
    registerStack({ documents: createDocuments(), mappingTable: TENANT_STACK_MAPPING_TABLE, clock: systemClock }),
  ),
);
