import { defineConfig } from 'vite';

const apps = ['landing', 'saas', 'admin'];

/**
 * One build for the three apps: what they share is read once and kept in common chunks. Each is served at the root of a host of its
 * own, with its own index.html (infra/stacks/apps-stack.ts).
 */
export default defineConfig({
  root: 'apps',
  build: {
    outDir: '../.local/apps/latest',
    emptyOutDir: true,
    target: 'es2023',
    // The content security policy allows no inline script and no data: URL.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 2000,
    rolldownOptions: { input: Object.fromEntries(apps.map((app) => [app, `apps/${app}/index.html`])) },
  },
});
