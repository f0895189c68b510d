import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, test } from 'vitest';
import { buildApps } from '../../infra/constructs/build-apps.ts';

let site: string;
beforeAll(async () => {
  site = await buildApps();
}, 240_000);

/** What a first visit loads before anything is done: scripts, preloaded modules and style sheets of the page. */
async function entryOf(app: string): Promise<{ readonly files: string[]; readonly kilobytes: number }> {
  const html = await readFile(join(site, app, 'index.html'), 'utf8');
  const files = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g)].map(([, file]) => file ?? '');
  const sizes = await Promise.all(files.map(async (file) => gzipSync(await readFile(join(site, file))).length));
  return { files, kilobytes: sizes.reduce((sum, size) => sum + size, 0) / 1000 };
}

test.each([
  ['landing', 90],
  ['saas', 650],
  ['admin', 650],
])('%s loads at most %d kB (gzip) to begin with', async (app, budget) => {
  const { files, kilobytes } = await entryOf(app);
  expect(files.length).toBeGreaterThan(1);
  expect(kilobytes).toBeLessThanOrEqual(budget);
});

test('the GraphQL console is in no entry', async () => {
  for (const app of ['landing', 'saas', 'admin']) {
    for (const file of (await entryOf(app)).files) {
      expect(await readFile(join(site, file), 'utf8')).not.toMatch(/graphiql|codemirror/);
    }
  }
});

test('no page has a script or a style of its own in it, which the content security policy would block', async () => {
  for (const app of await readdir(site)) {
    if (app === 'assets') continue;
    const html = await readFile(join(site, app, 'index.html'), 'utf8');
    expect(html).not.toMatch(/<style|style="|<script(?![^>]*\ssrc=)/);
  }
});

/** The names carry a hash that a new version of Cloudscape may change: then the page would fall back to fonts that are not there. */
test('the font tokens that are set are those that Cloudscape reads', async () => {
  const ours = await readFile('apps/ui/theme/cloudscape.css', 'utf8');
  const theirs = await readFile(
    'node_modules/@cloudscape-design/components/internal/base-theme/styles.scoped.css',
    'utf8',
  );
  const set = [...ours.matchAll(/^\s*(--font-family-[\w-]+):/gm)].map(([, name]) => name ?? '');
  expect(set).toHaveLength(4);
  for (const name of set) expect(theirs).toContain(name);
});
