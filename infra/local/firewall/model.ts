/** A web ACL as requests meet it: of its rules, those that are evaluated here, in the order of their priority. */
export interface WebAcl {
  readonly arn: string;
  readonly defaultAction: Action;
  readonly rateRules: readonly RateRule[];
}

export type Action = 'ALLOW' | 'BLOCK' | 'COUNT';

/** What more than `limit` requests of one address within the window are answered with. */
export interface RateRule {
  readonly name: string;
  readonly limit: number;
  readonly windowSeconds: number;
  readonly action: Action;
}

/** Of a resource, which has at most one. */
export interface Association {
  readonly webAclArn: string;
}
