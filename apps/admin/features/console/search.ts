/** What the console's address says: a workspace whose API to ask, and an operation. */
export interface ConsoleSearch {
  readonly tenant?: string;
  readonly query?: string;
  readonly variables?: string;
}

/** The router reads JSON in an address as what it is; variables are taken either way. An address opens an operation, it never runs one. */
export function readConsoleSearch({ tenant, query, variables }: Record<string, unknown>): ConsoleSearch {
  const given = typeof variables === 'object' && variables !== null ? JSON.stringify(variables, null, 2) : variables;
  return {
    ...(isText(tenant) && { tenant }),
    ...(isText(query) && { query }),
    ...(isText(given) && { variables: given }),
  };
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
