/**
 * The design that the AWS serverless SaaS reference solution has: API Gateway's REST API, a Lambda authorizer whose answer is kept,
 * a Lambda function for each operation, DynamoDB. Facts are of github.com/aws-samples/aws-saas-factory-ref-solution-serverless-saas,
 * server/tenant-template.yaml and server/Resources/tenant_authorizer.py, as read on `asOf`; what is assumed says so.
 */
export const restDesign = {
  asOf: '2026-11-28',
  /** `authorizerResultTtlInSeconds` of its API. */
  authorizerSeconds: 30,
  /** The authorizer reads the tenant once, and not consistently: half a unit. */
  authorizerReadUnits: 0.5,
  /** No MemorySize is set, so Lambda's own: 128 MB. */
  gigabytes: 0.125,
  /** Assumed, in its favour: at 128 MB, Python makes a client of DynamoDB for each pooled request. */
  functionSeconds: 0.05,
  /** Assumed, in its favour: it verifies the token, reads the tenant and assumes a role. */
  authorizerFunctionSeconds: 0.05,
  /** Millionths of a dollar: 3.50 a million, the first 333 million of a month. docs.aws.amazon.com/whitepapers, "Best practices for API Gateway private APIs". */
  apiGatewayRequest: 3.5,
} as const;

/** What it does itself, where that is another work than ours: DynamoDB's units of one request. */
export const restOwnUnits: Readonly<
  Record<string, { readonly reads: number; readonly writes: number; readonly why: string }>
> = {
  product: { reads: 0.5, writes: 0, why: 'not consistent' },
  order: { reads: 0.5, writes: 0, why: 'not consistent' },
  products: { reads: 4.5, writes: 0, why: 'nine partitions, whole, whatever they hold: at least half a unit each' },
  orders: { reads: 4.5, writes: 0, why: 'the same' },
  createOrder: { reads: 0, writes: 1, why: "one put: prices are the client's, no stock is taken" },
};
