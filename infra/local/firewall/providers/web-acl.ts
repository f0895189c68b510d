import { createHash } from 'node:crypto';
import type { z } from 'zod';
import { AwsError } from '../../errors.ts';
import type { Collection, Environment, JsonObject, ResourceProvider, ResourceResult } from '../../service.ts';
import type { Association, RateRule, WebAcl } from '../model.ts';
import { read, webAclProperties } from '../properties.ts';

/** AWS::WAFv2::WebACL, of scope REGIONAL */
export function webAclProvider(
  webAcls: Collection<WebAcl>,
  associations: Collection<Association>,
  { partition, region, accountId }: Environment,
): ResourceProvider {
  /** @param physicalId - `<name>|<id>|REGIONAL` */
  const arnOf = (physicalId: string): string => {
    const [name = '', id = ''] = physicalId.split('|');
    return `arn:${partition}:wafv2:${region}:${accountId}:regional/webacl/${name}/${id}`;
  };
  const write = async (physicalId: string, properties: JsonObject): Promise<ResourceResult> => {
    const arn = arnOf(physicalId);
    const { DefaultAction, Rules } = read(webAclProperties, 'WebACL', properties);
    await webAcls.put(arn, {
      arn,
      defaultAction: DefaultAction.Allow ? 'ALLOW' : 'BLOCK',
      rateRules: keepCounting(rateRules(Rules), webAcls.get(arn)?.rateRules ?? []),
    });
    const [name = '', id = ''] = physicalId.split('|');
    const LabelNamespace = `awswaf:${accountId}:webacl:${name}:`;
    return { physicalId, attributes: { Arn: arn, Id: id, LabelNamespace } };
  };

  return {
    type: 'AWS::WAFv2::WebACL',
    properties: Object.keys(webAclProperties.shape),
    replacedBy: ['Name', 'Scope'],
    create: ({ token, logicalId, properties }) => {
      const digest = createHash('sha256').update(`web-acl\0${token}`).digest('hex');
      const id = digest.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
      const name = properties['Name'] ?? `${logicalId}-${digest.slice(32, 44)}`;
      return write(`${String(name)}|${id}|REGIONAL`, properties);
    },
    update: ({ physicalId, properties }) => write(physicalId, properties),
    async delete({ physicalId }) {
      const arn = arnOf(physicalId);
      const [user] = [...associations.entries()].filter(([, { webAclArn }]) => webAclArn === arn);
      if (user)
        throw new AwsError(
          'WAFAssociatedItemException',
          `${arn} is associated with ${user[0]}: delete the association first`,
        );
      await webAcls.delete(arn);
    },
  };
}

function rateRules(rules: z.infer<typeof webAclProperties>['Rules']): RateRule[] {
  return [...rules]
    .sort((left, right) => left.Priority - right.Priority)
    .flatMap(({ Name, Statement: { RateBasedStatement: rate }, Action }) =>
      rate
        ? [
            {
              name: Name,
              limit: rate.Limit,
              windowSeconds: rate.EvaluationWindowSec,
              action: Action?.Block ? 'BLOCK' : 'COUNT',
            },
          ]
        : [],
    );
}

/** What a rule has counted is kept with it: it begins anew where its settings change, as AWS WAF's do, and only there. */
function keepCounting(rules: readonly RateRule[], before: readonly RateRule[]): RateRule[] {
  return rules.map((rule) => before.find((known) => JSON.stringify(known) === JSON.stringify(rule)) ?? rule);
}
