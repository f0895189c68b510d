import type { Ready, Source } from '../load/cycle.ts';
import type { WorkloadOperation, WorkloadPlan } from '../load/job.ts';
import { createChoice } from './draw.ts';
import { listStep, orderStep, readStep, updateStep } from './operations.ts';
import { createRandom } from './random.ts';
import { createVersions } from './versions.ts';
import { createZipf } from './zipf.ts';

/** Each call draws an operation, a tenant and a product of it. What is drawn depends on the seed alone, and on no answer. */
export function workloadSource({ seed, theta, shares, tenants }: WorkloadPlan): Source {
  const random = createRandom(seed);
  const choose = createChoice(shares, random);
  const drawTenant = createZipf(tenants.length, theta, random);
  const drawProduct = createZipf(Math.min(...tenants.map(({ productIds }) => productIds.length)), theta, random);
  const versions = createVersions();
  return () => {
    const operation = choose();
    const tenant = tenants[drawTenant()];
    const id = tenant?.productIds[drawProduct()];
    if (!tenant || id === undefined) throw new Error('A workload has no tenant, or a tenant no product');
    const price = 1000 + Math.floor(random() * 9000);
    const request = stepOf(operation, { id, price }, versions);
    return [{ ...request, headers: { 'content-type': 'application/json', ...tenant.headers } }];
  };
}

function stepOf(
  operation: WorkloadOperation,
  drawn: { readonly id: string; readonly price: number },
  versions: ReturnType<typeof createVersions>,
): Omit<Ready, 'headers'> {
  switch (operation) {
    case 'read':
      return readStep(drawn, versions);
    case 'update':
      return updateStep(drawn, versions);
    case 'list':
      return listStep();
    case 'order':
      return orderStep(drawn);
  }
}
