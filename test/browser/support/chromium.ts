import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const present = process.env['CHROMIUM'] ?? places.find((place) => existsSync(place));

/** Where a Chromium is, or would be: without one the browser tests fail. Undefined where `BROWSER_TESTS=skip` says that they are not to run. */
export const chromiumPath = process.env['BROWSER_TESTS'] === 'skip' ? undefined : present ?? '/usr/bin/chromium';

/** A browser of its own, with nothing kept from others, that calls nobody but the pages it opens. */
export async function launchChromium(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('BROWSER_TESTS is skip, and a browser test runs');
  return await chromium.launch({
    executablePath: chromiumPath,
    args: [
      ...['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
      ...['--disable-component-update', '--disable-sync'],
      // Chromium's sandbox does not work for root.
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
}
