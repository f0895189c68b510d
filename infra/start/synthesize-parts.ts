/**
 * Synthesizes parts of the CDK app, each into a folder of its own, and tells the parent process of each as soon as it is whole:
 * `node bin/run.mjs infra/start/synthesize-parts.ts control-plane=FOLDER provisioning=FOLDER apps=FOLDER`.
 */
import { buildApps } from '../constructs/build-apps.ts';
import { bundleFunctions } from '../constructs/bundle.ts';
import { type Part, parts } from '../parts.ts';

const folders = new Map(process.argv.slice(2).map((part) => part.split('=', 2) as [Part, string]));
const isOfApps = folders.has('apps');
const bundles = bundleFunctions(isOfApps && folders.size === 1 ? ['site-deployment'] : undefined);
const site = isOfApps ? buildApps() : undefined;
// Awaited later: a failure before then is not unhandled.
site?.catch(() => undefined);
const { synthesize } = await import('../synthesize.ts');
for (const part of parts) {
  const outdir = folders.get(part);
  if (outdir === undefined) continue;
  await synthesize({ outdir, parts: [part], bundles, site });
  process.send?.(part);
}
process.disconnect?.();
