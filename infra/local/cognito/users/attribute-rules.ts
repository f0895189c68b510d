import { AwsError } from '../../errors.ts';
import type { Client, Pool } from '../model.ts';
import { attributesOf, standardNames, type Attribute } from '../pools/attribute-schema.ts';

export type Attributes = Readonly<Record<string, string>>;

export function toRecord(list: readonly { readonly Name: string; readonly Value: string }[]): Record<string, string> {
  return Object.fromEntries(list.map(({ Name, Value }) => [Name, Value]));
}

export function toList(attributes: Attributes): { Name: string; Value: string }[] {
  return Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
}

/** What the service itself sets, never a client. */
const setByService: ReadonlySet<string> = new Set(['sub', 'email_verified', 'phone_number_verified', 'updated_at']);

/** Throws NotAuthorizedException if a user, through this client, may not write one of the attributes. */
export function requireWritable(client: Client, names: Iterable<string>): void {
  const writable = client.settings.WriteAttributes;
  for (const name of names) {
    const allowed = !setByService.has(name) && (writable ? writable.includes(name) : standardNames.has(name));
    if (!allowed) throw new AwsError('NotAuthorizedException', 'A client attempted to write unauthorized attribute');
  }
}

/** What a user, through this client, may see. AWS's default is the standard attributes. */
export function readable(client: Client, attributes: Attributes): Attributes {
  const allowed = client.settings.ReadAttributes;
  const visible = ([name]: [string, string]) => (allowed ? allowed.includes(name) : standardNames.has(name));
  return Object.fromEntries(Object.entries(attributes).filter(visible));
}

/** Throws InvalidParameterException unless the values fit the pool's schema. `existing` is absent for a new user. */
export function requireValid(pool: Pool, written: Attributes, existing?: Attributes): void {
  const schema = attributesOf(pool.settings.Schema);
  for (const [name, value] of Object.entries(written)) {
    if (name === 'sub') throw invalid('Cannot modify the non-mutable attribute sub');
    const attribute = schema.get(name);
    if (!attribute)
      throw invalid(`Attributes did not conform to the schema: Type for attribute {${name}} could not be determined`);
    const isFirst = attribute.required && existing?.[name] === undefined;
    if (existing && !attribute.mutable && !isFirst && existing[name] !== value) {
      throw invalid(`user.${name}: Attribute cannot be updated.`);
    }
    requireFitting(attribute, value);
  }
}

/** Throws InvalidParameterException if a user would lack a required attribute. */
export function requireComplete(pool: Pool, attributes: Attributes): void {
  const missing = missingAttributes(pool, attributes)[0];
  if (missing)
    throw invalid(`Attributes did not conform to the schema: ${missing}: The attribute ${missing} is required`);
}

export function missingAttributes(pool: Pool, attributes: Attributes): string[] {
  const required = [...attributesOf(pool.settings.Schema).values()].filter(
    ({ required, name }) => required && name !== 'sub',
  );
  return required.map(({ name }) => name).filter((name) => !attributes[name]);
}

/** Throws InvalidParameterException for an attribute that the pool needs or does not have. */
export function requireDeletable(pool: Pool, names: readonly string[]): void {
  const schema = attributesOf(pool.settings.Schema);
  for (const name of names) {
    const attribute = schema.get(name);
    if (!attribute)
      throw invalid(`Attributes did not conform to the schema: Type for attribute {${name}} could not be determined`);
    const isName = pool.settings.UsernameAttributes?.some((alias) => alias === name);
    if (attribute.required || isName) throw invalid(`Cannot delete the required attribute ${name}`);
    if (!attribute.mutable) throw invalid(`user.${name}: Attribute cannot be updated.`);
  }
}

function requireFitting({ name, type, minimum, maximum }: Attribute, value: string): void {
  const fault = (text: string) => invalid(`Attributes did not conform to the schema: ${name}: ${text}`);
  if (type === 'Boolean' && value !== 'true' && value !== 'false') throw fault(`"${value}" is not true or false`);
  if (type === 'DateTime' && Number.isNaN(Date.parse(value))) throw fault(`"${value}" is not a date and time`);
  if (type === 'Number' && !/^-?\d+(\.\d+)?$/.test(value)) throw fault(`"${value}" is not a number`);
  if (name === 'email' && value !== '' && !isEmail(value)) throw invalid('Invalid email address format.');
  if (name === 'phone_number' && value !== '' && !isPhoneNumber(value)) throw invalid('Invalid phone number format.');
  if (value === '' && standardNames.has(name)) return;

  const size = type === 'Number' ? Number(value) : value.length;
  const what = type === 'Number' ? 'value' : 'length';
  if (minimum !== undefined && size < minimum) throw fault(`The ${what} is ${size}, expected at least ${minimum}`);
  if (maximum !== undefined && size > maximum) throw fault(`The ${what} is ${size}, expected at most ${maximum}`);
}

export const isEmail = (text: string) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
export const isPhoneNumber = (text: string) => /^\+\d{2,15}$/.test(text);

function invalid(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}
