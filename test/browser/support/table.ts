import type { Locator, Page } from 'playwright-core';

/** A page's one table with columns to sort by. */
export function tableOf(page: Page) {
  const header = (name: string): Locator => page.getByRole('columnheader', { name, exact: true });
  const control = (name: string): Locator => header(name).getByRole('button');
  return {
    /** What is in the column that names the rows, from the top. */
    names: (): Promise<string[]> => page.getByRole('table').getByRole('rowheader').allInnerTexts(),
    /** `ascending`, `descending`, or null where the rows are not sorted by that column. */
    async order(name: string): Promise<string | null> {
      const order = await header(name).getAttribute('aria-sort');
      return order === 'none' ? null : order;
    },
    /** Forced: Cloudscape lays a copy of the head over it, which stays in view, takes the mouse, and is not in the accessibility tree. */
    click: (name: string): Promise<void> => control(name).click({ force: true }),
    press: (name: string, key: string): Promise<void> => control(name).press(key),
  };
}
