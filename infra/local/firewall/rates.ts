import type { Clock } from '../service.ts';
import type { RateRule } from './model.ts';
import { Rate } from './rate.ts';

/** As many addresses as AWS WAF keeps at most for a rule. Source: AWS WAF developer guide, "Rate-based rule caveats". */
const mostAddresses = 10_000;

/** What each rule has counted of each address: in memory, and gone with the rule. */
export class Rates {
  readonly #ofRules = new WeakMap<RateRule, Map<string, Rate>>();

  constructor(private readonly clock: Clock) {}

  /** Counts a request and answers whether its address is over the rule's limit. What is blocked counts too. */
  exceeds(rule: RateRule, address: string): boolean {
    return this.#rate(rule, address).record(this.clock.now()) > rule.limit;
  }

  #rate(rule: RateRule, address: string): Rate {
    let ofRule = this.#ofRules.get(rule);
    if (!ofRule) this.#ofRules.set(rule, (ofRule = new Map()));
    let rate = ofRule.get(address);
    if (!rate) {
      const [first] = ofRule.keys();
      if (ofRule.size >= mostAddresses && first !== undefined) ofRule.delete(first);
      ofRule.set(address, (rate = new Rate(rule.windowSeconds)));
    }
    return rate;
  }
}
