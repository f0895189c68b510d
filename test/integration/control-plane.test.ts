import { liveFlows } from './control-plane/live.ts';
import { peopleFlows } from './control-plane/people.ts';
import { tenantFlows } from './control-plane/tenants.ts';
import { usageFlows } from './control-plane/usage.ts';
import { cotenantScene } from './scene.ts';

/** What operators do from one end to the other, and what the public sees of it. */
cotenantScene((scene) => {
  tenantFlows(scene);
  peopleFlows(scene);
  liveFlows(scene);
  usageFlows(scene);
});
