import { afterAll, beforeAll } from 'vitest';
import { type Cotenant, startCotenant } from '../support/start-cotenant.ts';
import { brokenReleases } from './provisioning/broken-release.ts';
import { deprovisioning } from './provisioning/deprovision.ts';
import { publishing } from './provisioning/publishing.ts';
import { sameCode } from './provisioning/same-code.ts';
import { siloOnboarding } from './provisioning/silo.ts';

let cotenant: Cotenant;
beforeAll(async () => {
  cotenant = await startCotenant();
}, 180_000);
afterAll(() => cotenant.stop());

const outputs = () => cotenant.outputs;
siloOnboarding(outputs);
sameCode(outputs);
brokenReleases(outputs);
deprovisioning(outputs);
publishing(outputs);
