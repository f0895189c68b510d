import { synthesizedTemplates, tenantTemplate } from '../../test/support/templates.ts';
import { countTypes, type ResourceCounts, sumOfCounts } from './bindings.ts';

/** Out of the templates that are deployed: the tenant template of the release, and the planes' (the apps' stack has no APIs or tables). */
export async function readCounts(): Promise<ResourceCounts> {
  const planes = Object.values(await synthesizedTemplates()).map(({ Resources }) => countTypes(Resources));
  const { Resources } = await tenantTemplate({ region: 'us-east-1' });
  return { silo: countTypes(Resources), planes: sumOfCounts(planes) };
}
