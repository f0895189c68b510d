import type { Json, Parameters } from '../../service.ts';
import { templateError } from './intrinsics.ts';
import { isList, isObject } from './model.ts';

const reference = /\{\{resolve:([a-z-]+):([^{}]+)\}\}/g;

/**
 * Refuses what no parameter could answer, as far as a text alone tells: the name in it may be still to come (`{{resolve:ssm:` and a Ref, joined).
 */
export function requireKnownSource(text: string): void {
  for (const [, service = ''] of text.matchAll(/\{\{resolve:([a-z-]+):/g)) requireParameterStore(service);
  for (const [, , rest = ''] of text.matchAll(reference)) requireNoVersion(rest);
}

function requireParameterStore(service: string): void {
  if (service !== 'ssm')
    throw templateError(`dynamic references to ${service} are not supported here, expected {{resolve:ssm:name}}`);
}

function requireNoVersion(rest: string): void {
  if (rest.includes(':'))
    throw templateError(`{{resolve:ssm:${rest}}} names a version: only the current one can be had here`);
}

/** `{{resolve:ssm:/name}}` in texts. Source: CloudFormation User Guide, "Get values stored in other services". */
export function resolveDynamicReferences<Value extends Json>(value: Value, store: Pick<Parameters, 'get'>): Value {
  return replaceTexts(value, (text) =>
    text.includes('{{resolve:')
      ? text.replace(reference, (_, service: string, rest: string) => {
          requireParameterStore(service);
          requireNoVersion(rest);
          const found = store.get(rest);
          if (found === undefined)
            throw templateError(`Unable to fetch parameters [${rest}] from parameter store for this account.`);
          return found;
        })
      : text,
  ) as Value;
}

function replaceTexts(value: Json, replace: (text: string) => string): Json {
  if (typeof value === 'string') return replace(value);
  if (isList(value)) return value.map((item) => replaceTexts(item, replace));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, replaceTexts(item, replace)]));
}
