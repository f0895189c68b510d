import type { Environment, LocalService, State, StoredObjects } from '../service.ts';
import { distributionIdOf } from './host.ts';
import type { Distribution, OriginAccessControl, ResponseHeadersPolicy } from './model.ts';
import { distributionProvider } from './providers/distribution.ts';
import { originAccessControlProvider } from './providers/origin-access-control.ts';
import { responseHeadersPolicyProvider } from './providers/response-headers-policy.ts';
import { serve } from './serve.ts';

export interface DistributionDependencies {
  readonly state: State;
  readonly environment: Environment;
  readonly objects: StoredObjects;
}

/** CloudFront: each distribution at a host name of its own. */
export function createDistributions({ state, environment, objects }: DistributionDependencies): LocalService {
  const distributions = state.collection<Distribution>('distribution/distributions');
  const policies = state.collection<ResponseHeadersPolicy>('distribution/response-headers-policies');
  const controls = state.collection<OriginAccessControl>('distribution/origin-access-controls');
  return {
    name: 'distribution',
    routes: [
      {
        prefix: '/',
        isForHost: (host) => distributionIdOf(host) !== undefined,
        handle: serve({ distributions, policies, objects }),
      },
    ],
    providers: [
      distributionProvider(distributions, environment),
      originAccessControlProvider(controls),
      responseHeadersPolicyProvider(policies),
    ],
  };
}
