import { localCloudGuards } from './areas/local-cloud.ts';
import { permissionGuards } from './areas/permissions.ts';
import { requestGuards } from './areas/requests.ts';
import { signInGuards } from './areas/sign-in.ts';
import { synthGuards } from './areas/synth.ts';
import { tenantLifeGuards } from './areas/tenant-lives.ts';
import type { Area } from './guard.ts';

/**
 * Every guard that something notices the absence of, and what does. Where two guards do the same (the system's own mutations are denied
 * to each role and open to IAM only), taking one out of a whole system changes nothing that could be noticed: then a test of that part alone does.
 */
export const areas: readonly Area[] = [
  { title: 'From a request to the data', guards: requestGuards },
  { title: 'Signing in', guards: signInGuards },
  { title: 'Before anything is deployed', guards: synthGuards },
  { title: 'Permissions', guards: permissionGuards },
  { title: 'Releases and a tenant’s life', guards: tenantLifeGuards },
  { title: 'The local cloud', guards: localCloudGuards },
];

export const guards = areas.flatMap((area) => area.guards);
