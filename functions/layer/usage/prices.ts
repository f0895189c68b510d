/**
 * What AWS asks, in millionths of a US dollar a unit: region us-east-1, on demand, first tier of each price, without the free tier.
 * They belong to AWS's pricing pages, aws.amazon.com/appsync/pricing (GraphQL APIs), /dynamodb/pricing/on-demand (Standard class),
 * /lambda/pricing (x86), /waf/pricing. Those of updates were read on a copy of AppSync's page; those of operations, of DynamoDB and of WAF were
 * compared with what others say of these pages on `asOf`, not with the pages. They change: set `asOf` when you check them.
 */
export const unitPrices = {
  asOf: '2026-11-28',
  region: 'us-east-1',
  /** AppSync: a query or a mutation; 4.00 dollars a million. */
  appsyncOperation: 4,
  /** AppSync: what goes over a WebSocket, the start of a subscription and each 5 KB that are delivered; 2.00 dollars a million. */
  appsyncUpdate: 2,
  /** AWS WAF: a request that a web ACL sees; 0.60 dollars a million. */
  wafRequest: 0.6,
  /** DynamoDB: a write of up to 1 KB; 0.625 dollars a million. In a transaction it takes two. */
  dynamodbWriteUnit: 0.625,
  /** DynamoDB: a consistent read of up to 4 KB; 0.125 dollars a million. */
  dynamodbReadUnit: 0.125,
  /** Lambda: 0.20 dollars a million. */
  lambdaRequest: 0.2,
  /** Lambda: 0.0000166667 dollars for a gigabyte and a second. */
  lambdaGigabyteSecond: 16.6667,
} as const;

/** How much of each unit an operation takes. */
export interface Consumption {
  readonly appsyncOperation: number;
  readonly appsyncUpdate: number;
  readonly wafRequest: number;
  readonly dynamodbWriteUnit: number;
  readonly dynamodbReadUnit: number;
  readonly lambdaRequest: number;
  readonly lambdaGigabyteSecond: number;
}

/** Our functions have 256 MB. */
const gigabytes = 0.25;
/** AppSync keeps the authorizer's answer for a minute, so about one operation in ten asks it; it reads two items. */
const authorizer = { requests: 0.1, seconds: 0.1 * 0.02, reads: 0.1 * 2 };
/** The function that reads the streams and publishes a change to subscribers: an order changes a product too. */
const publications = { requests: 2, seconds: 2 * 0.05 };

/**
 * One operation of each class, as bench/cost meters them (product, createOrder, onProductChanged; a test holds them together): the
 * gate's own write included; storage, connection minutes and deliveries to subscribers not. A write is taken for an order of one
 * line, the dearest of the common ones.
 */
export const consumption: Readonly<Record<'reads' | 'writes' | 'subscriptions', Consumption>> = {
  reads: {
    appsyncOperation: 1,
    appsyncUpdate: 0,
    wafRequest: 1,
    dynamodbWriteUnit: 1,
    dynamodbReadUnit: 1 + authorizer.reads,
    lambdaRequest: authorizer.requests,
    lambdaGigabyteSecond: gigabytes * authorizer.seconds,
  },
  writes: {
    appsyncOperation: 1 + publications.requests,
    appsyncUpdate: 0,
    wafRequest: 1 + publications.requests,
    // The gate's, and two items in a transaction.
    dynamodbWriteUnit: 1 + 2 * 2,
    dynamodbReadUnit: 1 + authorizer.reads,
    lambdaRequest: authorizer.requests + publications.requests,
    lambdaGigabyteSecond: gigabytes * (authorizer.seconds + publications.seconds),
  },
  subscriptions: {
    appsyncOperation: 0,
    appsyncUpdate: 1,
    wafRequest: 1,
    dynamodbWriteUnit: 1,
    dynamodbReadUnit: authorizer.reads,
    lambdaRequest: authorizer.requests,
    lambdaGigabyteSecond: gigabytes * authorizer.seconds,
  },
};
