/** What an API answered, whatever it was. */
export interface Answer {
  readonly status: number;
  readonly data: Readonly<Record<string, unknown>> | null;
  readonly errors: readonly { readonly errorType?: string | null; readonly message: string }[];
}

export interface Call {
  readonly url: string;
  /** Of the request; none at all for a stranger. */
  readonly headers: Readonly<Record<string, string>>;
  readonly query: string;
  readonly variables?: object;
}

/** One request as anyone could send it: no retry, no client that knows better. */
export async function ask({ url, headers, query, variables = {} }: Call): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as Partial<Answer>;
  return { status: response.status, data: body.data ?? null, errors: body.errors ?? [] };
}

/** `401 UnauthorizedException: You are not authorized …` */
export function describe({ status, data, errors }: Answer): string {
  const [error] = errors;
  if (error) return `${status} ${error.errorType ?? 'Error'}: ${error.message}`;
  return `${status} ${JSON.stringify(data)}`;
}

/** Whether nothing at all was answered, be it denied, too fast, or broken. */
export function isEmpty({ data }: Answer): boolean {
  return data === null || Object.values(data).every((value) => value === null);
}

/** The API did not let the caller in, or not to this field, and answered no data. */
export function isDenied(answer: Answer): boolean {
  const { status, errors } = answer;
  return isEmpty(answer) && (status === 401 || errors.some(({ errorType }) => errorType === 'Unauthorized'));
}
