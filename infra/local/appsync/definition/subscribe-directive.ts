import { Kind, type GraphQLField } from 'graphql';

/** The mutations that `@aws_subscribe(mutations: […])` of a subscription's field names. */
export function subscribedMutations(field: GraphQLField<unknown, unknown>): string[] {
  const directive = field.astNode?.directives?.find(({ name }) => name.value === 'aws_subscribe');
  const value = directive?.arguments?.find(({ name }) => name.value === 'mutations')?.value;
  if (value?.kind === Kind.STRING) return [value.value];
  if (value?.kind !== Kind.LIST) return [];
  return value.values.flatMap((entry) => (entry.kind === Kind.STRING ? [entry.value] : []));
}
