import { createHash } from 'node:crypto';
import type { Json, JsonObject, ResourceScope } from '../service.ts';

/** A name that a resource gets unless its template gives one: `<stem>-<12 letters and digits of the token>`. */
export function generatedName(stem: string, token: string, longest: number): string {
  const suffix = createHash('sha256').update(token).digest('base64').replace(/[+/=]/g, '').slice(0, 12);
  return `${stem.slice(0, longest - suffix.length - 1)}-${suffix}`;
}

/** `Tags` over the stack's tags, as the API writes them. */
export function tagList({ tags }: ResourceScope, own: Json | undefined): { key: string; value: string }[] {
  const given = ((own ?? []) as readonly JsonObject[]).map(({ Key, Value }) => [String(Key), String(Value)] as const);
  return Object.entries({ ...tags, ...Object.fromEntries(given) }).map(([key, value]) => ({ key, value }));
}
