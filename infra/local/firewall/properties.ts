import { z } from 'zod';
import { AwsError } from '../errors.ts';
import type { JsonObject } from '../service.ts';

/** CloudFormation hands on numbers and flags that are parameters as text. */
const integer = z.preprocess((value) => (typeof value === 'string' && value !== '' ? Number(value) : value), z.int());
const flag = z.preprocess(
  (value) => (value === 'true' ? true : value === 'false' ? false : value),
  z.boolean('expected true or false'),
);
const nothing = z.strictObject({});
const visibility = z.strictObject({
  MetricName: z.string().regex(/^[\w#:./-]{1,255}$/),
  CloudWatchMetricsEnabled: flag,
  SampledRequestsEnabled: flag,
});

const rateBased = z.strictObject({
  // Source: AWS WAF API reference, RateBasedStatement.
  Limit: z.pipe(integer, z.int().min(10).max(2_000_000_000)),
  EvaluationWindowSec: z.pipe(integer, z.literal([60, 120, 300, 600])).default(300),
  AggregateKeyType: z.literal('IP', 'expected IP, the only key that is supported here'),
});
const managed = z.strictObject({
  VendorName: z.literal('AWS'),
  Name: z.string().min(1).max(128),
  Version: z.string().optional(),
  ExcludedRules: z.array(z.strictObject({ Name: z.string() })).optional(),
  RuleActionOverrides: z
    .array(z.strictObject({ Name: z.string(), ActionToUse: z.record(z.string(), nothing) }))
    .optional(),
});

const isOne = (value: object): boolean => Object.keys(value).length === 1;
const rule = z
  .strictObject({
    Name: z.string().regex(/^[\w-]{1,128}$/),
    Priority: z.pipe(integer, z.int().min(0)),
    Statement: z
      .strictObject({ RateBasedStatement: rateBased.optional(), ManagedRuleGroupStatement: managed.optional() })
      .refine(isOne, 'expected one statement'),
    Action: z
      .strictObject({ Block: nothing.optional(), Count: nothing.optional() })
      .refine(isOne, 'expected one action')
      .optional(),
    OverrideAction: z
      .strictObject({ None: nothing.optional(), Count: nothing.optional() })
      .refine(isOne, 'expected one action')
      .optional(),
    VisibilityConfig: visibility,
  })
  .refine(
    ({ Statement, Action, OverrideAction }) =>
      Statement.RateBasedStatement ? Action && !OverrideAction : OverrideAction && !Action,
    'expected Action with a rate-based statement, OverrideAction with a managed rule group',
  );

/** AWS::WAFv2::WebACL, as far as it is supported. */
export const webAclProperties = z.strictObject({
  Name: z
    .string()
    .regex(/^[\w-]{1,128}$/)
    .optional(),
  Description: z.string().max(256).optional(),
  Scope: z.literal('REGIONAL', 'expected REGIONAL: web ACLs of distributions are not supported here'),
  DefaultAction: z
    .strictObject({ Allow: nothing.optional(), Block: nothing.optional() })
    .refine(isOne, 'expected one action'),
  Rules: z
    .array(rule)
    .default([])
    .refine(
      (rules) => new Set(rules.map(({ Priority }) => Priority)).size === rules.length,
      'expected a priority of its own for each rule',
    ),
  VisibilityConfig: visibility,
  Tags: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).optional(),
});

/** AWS::WAFv2::WebACLAssociation, for what can have one here. */
export const associationProperties = z.strictObject({
  ResourceArn: z
    .string()
    .regex(
      /^arn:[\w-]+:appsync:[\w-]+:\d{12}:apis\/[a-z0-9]+$/,
      'expected the ARN of an AppSync API, the only kind that is supported here',
    ),
  WebACLArn: z.string(),
});

/** Throws AwsError `WAFInvalidParameterException`, which names each property that is unknown or wrong. */
export function read<Shape extends z.ZodType>(shape: Shape, type: string, properties: JsonObject): z.infer<Shape> {
  const result = shape.safeParse(properties);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => {
    const path = [type, ...issue.path].join('.');
    return issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => `${path}.${key} is not supported here`).join('; ')
      : `${path}: ${issue.message}`;
  });
  throw new AwsError('WAFInvalidParameterException', problems.join('; '));
}
