import { isFields, type Fields } from '../primordials.ts';
import { codeError } from '../signals.ts';

type AttributeValue = Fields;

/** Sets that resolver code made, known by identity: an object of a client that looks like a set is no set. */
const sets = new WeakSet<object>();

/** Whether the value is a set that resolver code made. */
export function isSet(value: unknown): boolean {
  return typeof value === 'object' && value !== null && sets.has(value);
}

/** https://docs.aws.amazon.com/appsync/latest/devguide/dynamodb-helpers-in-util-dynamodb-js.html */
export const dynamodb = {
  toDynamoDB,
  toString: (value: unknown) => orNull(value, () => ({ S: value })),
  toStringSet: (value: unknown) => toSet('SS', value),
  toNumber: (value: unknown) => orNull(value, () => ({ N: value })),
  toNumberSet: (value: unknown) => toSet('NS', value),
  toBinary: (value: unknown) => orNull(value, () => ({ B: value })),
  toBinarySet: (value: unknown) => toSet('BS', value),
  toBoolean: (value: unknown) => orNull(value, () => ({ BOOL: value })),
  toNull: () => ({ NULL: null }),
  toList: (value: unknown) => (Array.isArray(value) ? { L: value.map(toDynamoDB) } : null),
  toMap: (value: unknown) => orNull(value, () => ({ M: toMapValues(value) })),
  toMapValues,
  toS3Object(key: string, bucket: string, region: string, version?: string) {
    return { S: JSON.stringify({ s3: { key, bucket, region, version } }) };
  },
  fromS3ObjectJson(text: string): unknown {
    const parsed: unknown = parseJson(text);
    if (!isFields(parsed) || !isFields(parsed.s3)) throw codeError('fromS3ObjectJson: the text is no S3 object');
    return parsed.s3;
  },
};

/** The attribute value of any value; what is absent is NULL. */
export function toDynamoDB(value: unknown): AttributeValue {
  if (value === null || value === undefined) return { NULL: null };
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: value };
  if (typeof value === 'boolean') return { BOOL: value };
  if (Array.isArray(value)) return { L: value.map(toDynamoDB) };
  if (!isFields(value)) throw codeError(`A ${typeof value} has no DynamoDB representation`);
  return isSet(value) ? value : { M: toMapValues(value) };
}

export function toMapValues(value: unknown): Fields {
  const values: Fields = {};
  if (!isFields(value)) return values;
  for (const name of Object.keys(value)) values[name] = toDynamoDB(value[name]);
  return values;
}

/** A set; null for no list. */
export function toSet(type: 'SS' | 'NS' | 'BS', values: unknown): AttributeValue | null {
  if (!Array.isArray(values)) return null;
  const set = { [type]: values };
  sets.add(set);
  return set;
}

function orNull(value: unknown, convert: () => AttributeValue): AttributeValue | null {
  return value === null || value === undefined ? null : convert();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
