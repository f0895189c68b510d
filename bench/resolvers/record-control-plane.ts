import type { HandlerCall } from '../../resolvers/testing/application-plane.ts';
import { startControlPlane } from '../../resolvers/testing/control-plane.ts';
import { askFunctions } from './control-plane/ask-functions.ts';
import { askQueries } from './control-plane/ask-queries.ts';
import { askSubscriptions } from './control-plane/ask-subscriptions.ts';
import { changeTenants } from './control-plane/change-tenants.ts';
import { passPublicGate } from './control-plane/pass-public-gate.ts';
import { prepareRows } from './control-plane/prepare-rows.ts';
import { recordCalls } from './record-calls.ts';

/** Asks every field of the control plane, on a real engine, for its handlers' calls. */
export async function recordControlPlane(): Promise<HandlerCall[]> {
  return recordCalls(await startControlPlane(), async (plane) => {
    await prepareRows(plane);
    await askFunctions(plane);
    await changeTenants(plane);
    await askQueries(plane);
    await askSubscriptions(plane);
    await passPublicGate(plane);
  });
}
