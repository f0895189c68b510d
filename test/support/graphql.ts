export interface GraphqlError {
  readonly message: string;
  readonly errorType?: string;
  readonly errorInfo?: unknown;
  readonly path?: readonly (string | number)[];
}

export interface GraphqlAnswer<Data> {
  readonly status: number;
  readonly data: Data | null;
  readonly errors: readonly GraphqlError[];
}

/** One request with whatever headers a client might send; answers what came, errors included. */
export async function graphql<Data = Record<string, unknown>>(
  url: string,
  headers: Readonly<Record<string, string>>,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<GraphqlAnswer<Data>> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as { data?: Data | null; errors?: GraphqlError[] };
  return { status: response.status, data: body.data ?? null, errors: body.errors ?? [] };
}

/** The same where nothing but data is expected. */
export async function graphqlData<Data = Record<string, unknown>>(
  ...request: Parameters<typeof graphql>
): Promise<Data> {
  const { data, errors, status } = await graphql<Data>(...request);
  if (errors.length > 0 || data === null) throw new Error(`Answered ${status}: ${JSON.stringify(errors)}`);
  return data;
}

/** A document that codegen made from test/documents: it knows its variables and its answer. */
export interface TypedDocument<Result, Variables> {
  readonly __apiType?: (variables: Variables) => Result;
  toString(): string;
}

/** `graphqlData` with a typed document. */
export async function send<Result, Variables extends Readonly<Record<string, unknown>>>(
  url: string,
  headers: Readonly<Record<string, string>>,
  document: TypedDocument<Result, Variables>,
  variables: Variables,
): Promise<Result> {
  return await graphqlData<Result>(url, headers, document.toString(), variables);
}
