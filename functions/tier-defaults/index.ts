import { customResource } from '../layer/custom-resource.ts';
import { createDocuments } from '../layer/documents.ts';
import { readEnvironment } from '../layer/environment.ts';
import { observe } from '../layer/observe.ts';
import { seedTiers } from './seed-tiers.ts';

const { TIERS_TABLE } = readEnvironment('TIERS_TABLE');

/** The custom resource that fills the Tiers table. */
export const handler = observe(customResource(seedTiers({ documents: createDocuments(), tiersTable: TIERS_TABLE })));
