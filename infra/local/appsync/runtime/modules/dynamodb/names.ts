import type { Fields } from '../primordials.ts';
import { toDynamoDB } from '../util/dynamodb.ts';

/** Gives out placeholders in the order of use: `#expName_1`, `:expValue_1`. */
export interface Placeholders {
  /** The path to an attribute, each step named: `nested.list[1]` becomes `#expName_1.#expName_2[1]`. */
  path(path: string): string;
  /** One attribute, dots and all. */
  name(name: string): string;
  value(value: unknown): string;
  readonly names: Record<string, string>;
  readonly values: Fields;
}

export function createPlaceholders(): Placeholders {
  const names: Record<string, string> = {};
  const values: Fields = {};
  const placeholders = new Map<string, string>();
  const name = (attribute: string): string => {
    const known = placeholders.get(attribute);
    if (known !== undefined) return known;
    const placeholder = `#expName_${placeholders.size + 1}`;
    placeholders.set(attribute, placeholder);
    names[placeholder] = attribute;
    return placeholder;
  };
  return {
    names,
    values,
    name,
    path: (path) =>
      path
        .split('.')
        .map((step) => {
          const bracket = step.indexOf('[');
          return bracket < 0 ? name(step) : `${name(step.slice(0, bracket))}${step.slice(bracket)}`;
        })
        .join('.'),
    value(value) {
      const placeholder = `:expValue_${Object.keys(values).length + 1}`;
      values[placeholder] = toDynamoDB(value);
      return placeholder;
    },
  };
}
