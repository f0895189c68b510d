import type { GraphQLError } from 'graphql';
import { locationsOf, type PlainError } from './validation-messages.ts';

/** A request whose variables do not fit, in AppSync's words. */
export function describeVariableError(error: GraphQLError): PlainError {
  const { message } = error;
  const located = { path: null, locations: locationsOf(error) };
  const missing =
    /^Variable "\$(\w+)" of required type "(.+)" was not provided/.exec(message) ??
    /^Variable "\$(\w+)" of non-null type "(.+)" must not be null/.exec(message) ??
    /^Variable "\$(\w+)" got invalid value .*; Field ".+" of required type "(.+)" was not provided/s.exec(message) ??
    /^Variable "\$(\w+)" got invalid value null.*; Expected non-nullable type "(.+)" not to be null/s.exec(message);
  if (missing) {
    const [, name = '', type = ''] = missing;
    return { ...located, message: `Variable '${name}' has coerced Null value for NonNull type '${type}'` };
  }
  const unknown = /; Field ".+" is not defined by type "(\w+)"/s.exec(message);
  if (unknown) {
    return {
      path: null,
      locations: null,
      message: `The variables input contains a field that is not defined for input object type '${unknown[1] ?? ''}' `,
    };
  }
  const invalid = /^Variable "\$(\w+)" got invalid value .*; (.+)$/s.exec(message);
  if (invalid)
    return { ...located, message: `Variable '${invalid[1] ?? ''}' has an invalid value. ${invalid[2] ?? ''}` };
  return { ...located, message };
}
