import type { Page } from 'playwright-core';

/** Opens the console's command palette by its keys. What is typed before it has the focus would go to the page. */
export async function openPalette(page: Page): Promise<void> {
  await page.keyboard.press('Control+K');
  await page.locator('[role=combobox]:focus').waitFor();
}
