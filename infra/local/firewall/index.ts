import type { Clock, Environment, Firewall, LocalService, State } from '../service.ts';
import type { Association, WebAcl } from './model.ts';
import { webAclAssociationProvider } from './providers/web-acl-association.ts';
import { webAclProvider } from './providers/web-acl.ts';
import { Rates } from './rates.ts';

export interface FirewallDependencies {
  readonly state: State;
  readonly environment: Environment;
  readonly clock: Clock;
}

/** AWS WAF: web ACLs, and what they let pass. */
export function createFirewall({ state, environment, clock }: FirewallDependencies): LocalService & Firewall {
  const webAcls = state.collection<WebAcl>('firewall/web-acls');
  const associations = state.collection<Association>('firewall/associations');
  const rates = new Rates(clock);
  return {
    name: 'firewall',
    providers: [webAclProvider(webAcls, associations, environment), webAclAssociationProvider(associations, webAcls)],
    admits(resourceArn, address) {
      const association = associations.get(resourceArn);
      const webAcl = association && webAcls.get(association.webAclArn);
      if (!webAcl) return true;
      for (const rule of webAcl.rateRules) {
        if (rates.exceeds(rule, address) && rule.action === 'BLOCK') return false;
      }
      return webAcl.defaultAction === 'ALLOW';
    },
  };
}
