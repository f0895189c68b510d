import type { Page, Route } from 'playwright-core';

const api = '**/graphql/**';

/** The id of a request that is refused here. */
export const refusedRequest = 'request-4711';

/** Does something with every request of the page to an API whose body is like this, until that is called off. */
async function meddle(page: Page, body: RegExp, answer: (route: Route) => Promise<void>): Promise<() => Promise<void>> {
  const handler = (route: Route): Promise<void> =>
    body.test(route.request().postData() ?? '') ? answer(route) : route.fallback();
  await page.route(api, handler);
  return () => page.unroute(api, handler);
}

/** Answers with an error, as AppSync does. */
export function refuse(page: Page, body: RegExp, error: { readonly errorType: string; readonly errorInfo?: object }) {
  return meddle(page, body, (route) =>
    route.fulfill({
      headers: { 'x-amzn-requestid': refusedRequest, 'access-control-expose-headers': 'x-amzn-requestid' },
      json: { data: null, errors: [{ message: 'It was refused here.', ...error }] },
    }),
  );
}

/** Answers with data that `dataOf` makes of the variables. */
export function pretend(page: Page, body: RegExp, dataOf: (variables: Readonly<Record<string, unknown>>) => object) {
  return meddle(page, body, (route) => {
    const { variables } = JSON.parse(route.request().postData() ?? '{}') as { variables: Record<string, unknown> };
    return route.fulfill({ json: { data: dataOf(variables) } });
  });
}

/** Keeps requests waiting; answers how to let them go. */
export async function hold(page: Page, body: RegExp): Promise<() => void> {
  let letGo = (): void => undefined;
  const held = new Promise<void>((resolve) => (letGo = resolve));
  await meddle(page, body, async (route) => {
    await held;
    await route.fallback();
  });
  return letGo;
}
