/** One GraphQL request; throws with the API's own words if it answers errors. */
export async function callGraphql<Data>(
  url: string,
  headers: Readonly<Record<string, string>>,
  query: string,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Data> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const answer = (await response.json()) as {
    readonly data?: Data;
    readonly errors?: readonly { readonly message: string }[];
  };
  if (answer.errors?.length || !answer.data) {
    throw new Error(
      `${url} answered ${response.status}: ${answer.errors?.map(({ message }) => message).join('; ') ?? 'no data'}`,
    );
  }
  return answer.data;
}
