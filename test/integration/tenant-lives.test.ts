import { dataRoleFlows } from './lives/data-role.ts';
import { offboardingFlows } from './lives/offboarding.ts';
import { tierFlows } from './lives/tiers.ts';
import { cotenantScene } from './scene.ts';

/** How tenants change and go, from one end to the other. */
cotenantScene((scene) => {
  tierFlows(scene);
  dataRoleFlows(scene);
  offboardingFlows(scene);
});
