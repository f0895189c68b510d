/**
 * DynamoDB's BatchGetItem for one item of each table, and nothing else. The authorizer runs before every request that
 * AppSync has no answer for: the SDK's client would be most of its start and of its time.
 */
import { createPost } from './post.ts';
import { createSigner } from './sign.ts';

export interface AttributeValue {
  readonly S?: string;
  readonly N?: string;
}

type Item = Readonly<Record<string, AttributeValue>>;

/** One item, and which of its attributes. */
export interface Wanted {
  readonly key: Item;
  readonly attributes: readonly string[];
}

/** Takes what is wanted of each table and answers what is there, by table. Throws if DynamoDB does not answer all of it. */
export type BatchGet = (
  wanted: Readonly<Record<string, Wanted>>,
) => Promise<Readonly<Record<string, Item | undefined>>>;

export class RegistryUnavailableError extends Error {
  override readonly name = 'RegistryUnavailableError';
  constructor(readonly status: number, readonly answer: string) {
    super(`DynamoDB answered ${status} to BatchGetItem: ${answer}`);
  }
}

interface Options {
  readonly endpoint: string;
  readonly region: string;
  /** Where Lambda puts the role's keys: AWS_ACCESS_KEY_ID and its kin. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  now(): number;
}

/** Milliseconds: AppSync gives an authorizer ten seconds. */
const patience = 3000;

interface BatchGetAnswer {
  readonly Responses?: Readonly<Record<string, readonly Item[]>>;
  readonly UnprocessedKeys?: Readonly<Record<string, unknown>>;
}

export function createBatchGet({ endpoint, region, environment, now }: Options): BatchGet {
  const url = new URL(endpoint);
  const post = createPost(url, patience);
  const sign = createSigner();
  return async (wanted) => {
    const requested = Object.entries(wanted).map(([table, one]) => [table, requestFor(one)]);
    const body = JSON.stringify({ RequestItems: Object.fromEntries(requested) });
    const headers = sign(
      { host: url.host, region, target: 'DynamoDB_20120810.BatchGetItem', body, time: now() },
      {
        accessKeyId: environment.AWS_ACCESS_KEY_ID ?? '',
        secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? '',
        sessionToken: environment.AWS_SESSION_TOKEN,
      },
    );
    const { status, text } = await post(headers, body);
    if (status !== 200) throw new RegistryUnavailableError(status, text);
    const { Responses = {}, UnprocessedKeys = {} } = JSON.parse(text) as BatchGetAnswer;
    if (Object.keys(UnprocessedKeys).length > 0) throw new RegistryUnavailableError(200, 'not all keys were read');
    return Object.fromEntries(Object.keys(wanted).map((table) => [table, Responses[table]?.[0]]));
  };
}

/** Attributes by placeholders: `status` is a word of DynamoDB's own. */
function requestFor({ key, attributes }: Wanted) {
  const names = attributes.map((attribute, index) => [`#${index}`, attribute] as const);
  return {
    Keys: [key],
    ConsistentRead: true,
    ProjectionExpression: names.map(([placeholder]) => placeholder).join(', '),
    ExpressionAttributeNames: Object.fromEntries(names),
  };
}
