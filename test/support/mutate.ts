import { graphql, type GraphqlAnswer } from './graphql.ts';

export interface UserError {
  readonly code: string;
  readonly field: string | null;
  readonly message: string;
}

export type Payload<Entity = unknown> = Readonly<Record<string, Entity | null>> & {
  readonly userErrors: readonly UserError[];
};

/** A plane and a caller of it. */
export interface Target {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Calls a mutation as its schema names things: `createOrder` takes `CreateOrderInput!`. */
export async function attempt<Entity>(
  { url, headers }: Target,
  field: string,
  input: unknown,
  selection: string,
): Promise<GraphqlAnswer<Record<string, Payload<Entity>>>> {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const query = `mutation M($input: ${type}!) { ${field}(input: $input) { ${selection} userErrors { code field message } } }`;
  return await graphql<Record<string, Payload<Entity>>>(url, headers, query, { input });
}

/** The payload of a mutation that is to answer one, refusals by user errors included. */
export async function mutate<Entity>(...call: Parameters<typeof attempt>): Promise<Payload<Entity>> {
  const { data, errors, status } = await attempt<Entity>(...call);
  const payload = data?.[call[1]];
  if (!payload) throw new Error(`${call[1]} answered ${status}: ${JSON.stringify(errors)}`);
  return payload;
}

/** `['OUT_OF_STOCK lines.0.quantity']` */
export function errorsOf({ userErrors }: Pick<Payload, 'userErrors'>): string[] {
  return userErrors.map(({ code, field }) => (field === null ? code : `${code} ${field}`));
}
