import { z } from 'zod';
import { decimalText, flag } from './coerce.ts';

/** One entry of a pool's `Schema`: a custom attribute, or what is required of a standard one. */
export const attributeDefinition = z.strictObject({
  Name: z.string().min(1).max(38),
  AttributeDataType: z.enum(['String', 'Number', 'DateTime', 'Boolean']).optional(),
  DeveloperOnlyAttribute: z
    .preprocess(
      (value) => (value === 'false' ? false : value),
      z.literal(false, { error: 'developer attributes are not supported' }),
    )
    .optional(),
  Mutable: flag.optional(),
  Required: flag.optional(),
  StringAttributeConstraints: z
    .strictObject({ MinLength: decimalText.optional(), MaxLength: decimalText.optional() })
    .optional(),
  NumberAttributeConstraints: z
    .strictObject({ MinValue: decimalText.optional(), MaxValue: decimalText.optional() })
    .optional(),
});

export type AttributeDefinition = z.infer<typeof attributeDefinition>;

/** An attribute of a pool by the name that users carry it under: `email`, `custom:plan`. */
export interface Attribute {
  readonly name: string;
  readonly type: 'String' | 'Number' | 'DateTime' | 'Boolean';
  readonly mutable: boolean;
  readonly required: boolean;
  /** Of the text's length, or of the number itself. */
  readonly minimum?: number;
  readonly maximum?: number;
}

const standardTexts = [
  'name',
  'given_name',
  'family_name',
  'middle_name',
  'nickname',
  'preferred_username',
  'profile',
  'picture',
  'website',
  'email',
  'gender',
  'zoneinfo',
  'locale',
  'phone_number',
  'address',
];

const standard: readonly Attribute[] = [
  { name: 'sub', type: 'String', mutable: false, required: true, minimum: 1, maximum: 2048 },
  ...standardTexts.map(
    (name) => ({ name, type: 'String', mutable: true, required: false, minimum: 0, maximum: 2048 } as const),
  ),
  { name: 'birthdate', type: 'String', mutable: true, required: false, minimum: 10, maximum: 10 },
  { name: 'email_verified', type: 'Boolean', mutable: true, required: false },
  { name: 'phone_number_verified', type: 'Boolean', mutable: true, required: false },
  { name: 'updated_at', type: 'Number', mutable: true, required: false, minimum: 0 },
];

export const standardNames: ReadonlySet<string> = new Set(standard.map(({ name }) => name));

/** Every attribute that users of a pool can have. */
export function attributesOf(definitions: readonly AttributeDefinition[] = []): ReadonlyMap<string, Attribute> {
  const attributes = new Map(standard.map((attribute) => [attribute.name, attribute]));
  for (const definition of definitions) {
    const base = attributes.get(definition.Name);
    const name = base ? definition.Name : `custom:${definition.Name.replace(/^custom:/, '')}`;
    attributes.set(name, merge(name, base, definition));
  }
  return attributes;
}

function merge(name: string, base: Attribute | undefined, definition: AttributeDefinition): Attribute {
  const { StringAttributeConstraints: text, NumberAttributeConstraints: number } = definition;
  const minimum = text?.MinLength ?? number?.MinValue;
  const maximum = text?.MaxLength ?? number?.MaxValue;
  return {
    name,
    type: base?.type ?? definition.AttributeDataType ?? 'String',
    mutable: definition.Mutable ?? base?.mutable ?? true,
    required: definition.Required ?? base?.required ?? false,
    ...(minimum === undefined ? { minimum: base?.minimum } : { minimum: Number(minimum) }),
    ...(maximum === undefined ? { maximum: base?.maximum } : { maximum: Number(maximum) }),
  };
}
