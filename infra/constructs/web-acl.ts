import { CfnParameter, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import { mostRequestsPerSecond } from '../../schema/gate.ts';

const parameterName = '/cotenant/control-plane/web-acl';

/** Seconds over which requests of one address are counted. */
const window = 300;

/**
 * Requests of one address in a window: twice what the gate of a tenant with the largest limits of its own admits, and four times what the public fields'
 * gate does. So the gates refuse first, in words that clients act upon, and two such tenants may share an address. This is for floods.
 */
const defaultRate = 2 * mostRequestsPerSecond * window;

/** What the common rules would block of what this API is for: they are counted instead. */
const counted = [
  // More than 8 KB, which an order of many lines has. AppSync and the schema have limits of their own.
  'SizeRestrictions_BODY',
  // Not every program that is a client of the API sends one.
  'NoUserAgent_HEADER',
];

/** AWS WAF before every API of the system: AWS's common rules, and a rate by address. The tenant stacks find it in Parameter Store. */
export class WebAcl extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const rate = new CfnParameter(Stack.of(this), 'RequestsOfAnAddress', {
      type: 'Number',
      default: defaultRate,
      minValue: 10,
      maxValue: 2_000_000_000,
      description:
        'Requests of one network address to all APIs in five minutes; what is over that is blocked by AWS WAF',
    }).valueAsNumber;
    const acl = new CfnWebACL(this, 'WebAcl', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: measuredAs('cotenant'),
      rules: [
        {
          name: 'rate-of-an-address',
          priority: 0,
          action: { block: {} },
          statement: { rateBasedStatement: { limit: rate, evaluationWindowSec: window, aggregateKeyType: 'IP' } },
          visibilityConfig: measuredAs('cotenant-rate-of-an-address'),
        },
        {
          name: 'common-rules',
          priority: 1,
          overrideAction: { none: {} },
          statement: {
            managedRuleGroupStatement: {
              vendorName: 'AWS',
              name: 'AWSManagedRulesCommonRuleSet',
              ruleActionOverrides: counted.map((name) => ({ name, actionToUse: { count: {} } })),
            },
          },
          visibilityConfig: measuredAs('cotenant-common-rules'),
        },
      ],
    });
    // Tenant stacks outlive the control plane's; AWS deletes no web ACL that is in use.
    acl.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
    this.arn = acl.attrArn;
    new StringParameter(this, 'Arn', { parameterName, stringValue: this.arn });
  }
}

/** The web ACL's ARN, as of when the stack is deployed. */
export function findWebAcl(scope: Construct): string {
  return StringParameter.valueForStringParameter(scope, parameterName);
}

/** Puts the web ACL before an API. */
export function protect(scope: Construct, resourceArn: string, webAclArn: string): void {
  new CfnWebACLAssociation(scope, 'Firewall', { resourceArn, webAclArn });
}

function measuredAs(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true };
}
