import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where a Chromium is; undefined where there is none, and the browser tests are skipped. `CHROMIUM` names another. */
export const chromiumPath = process.env['CHROMIUM'] ?? places.find((place) => existsSync(place));

/** A browser of its own, with nothing kept from others, that calls nobody but the pages it opens. */
export async function launchChromium(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('No Chromium here');
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
