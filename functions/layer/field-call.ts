/** What a resolver step sends to a Lambda data source: never more of the caller than the authorizer said. */
export interface FieldCall<Arguments = unknown, Identity = unknown> {
  /** The root field's name: `createOperator` */
  readonly field: string;
  readonly arguments: Arguments;
  /** The authorizer's resolverContext; null for callers with the API key or IAM. */
  readonly identity: Identity | null;
}

/** Who calls the control plane, as its authorizer found out. */
export interface OperatorIdentity {
  readonly role: 'SYSTEM_ADMIN' | 'CUSTOMER_SUPPORT';
  readonly userId: string;
  readonly email: string;
}

/** The schema and the functions were deployed apart: the field has no code here. */
export class UnknownFieldError extends Error {
  override readonly name = 'UnknownFieldError';
  constructor(readonly field: string, readonly known: readonly string[]) {
    super(`This function does not resolve ${field}; it resolves ${known.join(', ')}`);
  }
}

/**
 * Calls the field's own function. The type of `arguments` is AppSync's promise, which validated them by the schema.
 *
 * @example resolveFields<OperatorIdentity>({ operator: readOperator, createOperator })
 */
export function resolveFields<Identity>(
  fields: Readonly<Record<string, (call: FieldCall<never, Identity>) => Promise<unknown>>>,
) {
  return async (call: FieldCall<unknown, Identity>): Promise<unknown> => {
    const resolve = Object.hasOwn(fields, call.field) ? fields[call.field] : undefined;
    if (!resolve) throw new UnknownFieldError(call.field, Object.keys(fields));
    return resolve(call as FieldCall<never, Identity>);
  };
}
