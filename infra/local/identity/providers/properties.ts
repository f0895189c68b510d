import { createHash } from 'node:crypto';
import { AwsError } from '../../errors.ts';
import type { Json, JsonObject, ResourceScope } from '../../service.ts';

/** A name as CloudFormation makes it, `<stack>-<logical id>-<12 characters>`, cut to what IAM takes. */
export function generatedName(scope: ResourceScope, token: string, longest: number): string {
  const suffix = createHash('sha256').update(token).digest('base64').replace(/[+/=]/g, '').slice(0, 12);
  const room = longest - suffix.length - 2;
  const half = Math.floor(room / 2);
  const { stackName: stack, logicalId: logical } = scope;
  const stackRoom = Math.max(half, room - logical.length);
  const shortStack = stack.slice(0, stackRoom);
  return `${shortStack}-${logical.slice(0, room - shortStack.length)}-${suffix}`;
}

export function textProperty(properties: JsonObject, name: string): string | undefined {
  const value = properties[name];
  if (value === undefined || typeof value === 'string') return value;
  throw new AwsError('ValidationError', `${name} is ${JSON.stringify(value)}: expected a text`);
}

export function textList(properties: JsonObject, name: string): string[] {
  const value = properties[name] ?? [];
  if (Array.isArray(value) && value.every((one: Json): one is string => typeof one === 'string')) return value;
  throw new AwsError('ValidationError', `${name} is ${JSON.stringify(value)}: expected a list of texts`);
}

/** `Tags` over the stack's tags. */
export function tagsProperty(scope: ResourceScope, properties: JsonObject): Record<string, string> {
  const own = (properties['Tags'] ?? []) as readonly { readonly Key: string; readonly Value: Json }[];
  return { ...scope.tags, ...Object.fromEntries(own.map(({ Key, Value }) => [Key, String(Value)])) };
}
