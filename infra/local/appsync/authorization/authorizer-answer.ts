import type { Json, JsonObject } from '../../service.ts';

export interface AuthorizerAnswer {
  readonly isAuthorized: boolean;
  readonly resolverContext: JsonObject;
  /** `Type.field` */
  readonly deniedFields: ReadonlySet<string>;
  readonly ttlSeconds: number;
  readonly bytes: number;
}

const maximumContextBytes = 5 * 1024 * 1024;
const maximumTtlSeconds = 3600;

/** What an authorizer function answered; `undefined` if it is not an answer that AppSync understands, which denies. */
export function readAnswer(payload: Json, apiArn: string, defaultTtlSeconds: number): AuthorizerAnswer | undefined {
  if (!isObject(payload) || typeof payload['isAuthorized'] !== 'boolean') return undefined;
  const { isAuthorized, resolverContext = null, deniedFields = null, ttlOverride = null } = payload;
  if (resolverContext !== null && !isFlat(resolverContext)) return undefined;
  if (bytesOf(resolverContext) > maximumContextBytes) return undefined;
  if (deniedFields !== null && !Array.isArray(deniedFields)) return undefined;
  return {
    isAuthorized: isAuthorized === true,
    resolverContext: resolverContext ?? {},
    deniedFields: new Set(((deniedFields ?? []) as Json[]).flatMap((field) => coordinateOf(field, apiArn))),
    ttlSeconds: clampTtl(typeof ttlOverride === 'number' ? ttlOverride : defaultTtlSeconds),
    bytes: bytesOf(payload),
  };
}

function bytesOf(value: Json): number {
  return Buffer.byteLength(JSON.stringify(value));
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Keys and plain values only: AppSync takes no nested context. */
function isFlat(value: Json): value is JsonObject {
  return isObject(value) && Object.values(value).every((entry) => typeof entry !== 'object' || entry === null);
}

function clampTtl(seconds: number): number {
  return Math.min(Math.max(seconds, 0), maximumTtlSeconds);
}

/** `Mutation.createProduct`, or the field's ARN; a field of another API is no concern of this one. */
function coordinateOf(field: Json, apiArn: string): string[] {
  if (typeof field !== 'string') return [];
  if (!field.startsWith('arn:')) return [field];
  const [, type, name] = field.startsWith(`${apiArn}/`) ? /\/types\/(\w+)\/fields\/(\w+)$/.exec(field) ?? [] : [];
  return type !== undefined && name !== undefined ? [`${type}.${name}`] : [];
}
