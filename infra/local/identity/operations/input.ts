import { AwsError } from '../../errors.ts';
import type { Json, JsonObject } from '../../service.ts';

/** A member of a Query request, as decoded. */
export type QueryInput = Readonly<Record<string, unknown>>;

export function requiredText(input: QueryInput, name: string): string {
  const value = input[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new AwsError('ValidationError', `${name} is missing: expected a text of at least one character`);
}

export function optionalText(input: QueryInput, name: string): string | undefined {
  const value = input[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** `Tags.member.N.Key` and `.Value` as a record. */
export function tagsOf(input: QueryInput): Record<string, string> {
  const tags = input['Tags'];
  if (!Array.isArray(tags)) return {};
  return Object.fromEntries(
    tags.map((tag: { readonly Key?: string; readonly Value?: string }) => [tag.Key ?? '', tag.Value ?? '']),
  );
}

/** `<name>.member.N` as a list. */
export function textsOf(input: QueryInput, name: string): string[] {
  const values = input[name];
  return Array.isArray(values) ? values.map(String) : [];
}

/** A policy document sent as text. */
export function documentOf(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw new AwsError('MalformedPolicyDocument', 'This policy contains invalid Json');
  }
}

/** IAM answers documents in the URL encoding of RFC 3986. */
export function encodedDocument(document: JsonObject): string {
  return encodeURIComponent(JSON.stringify(document));
}
