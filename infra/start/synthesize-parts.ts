/**
 * Synthesizes parts of the CDK app, each into a folder of its own, and tells the parent process of each as soon as it is whole:
 * `node bin/run.mjs infra/start/synthesize-parts.ts planes=FOLDER apps=FOLDER`.
 */
import { buildApps } from '../constructs/build-apps.ts';
import { bundleFunctions } from '../constructs/bundle.ts';

const folders = new Map(process.argv.slice(2).map((part) => part.split('=', 2) as [string, string]));
const [planes, apps] = [folders.get('planes'), folders.get('apps')];
const bundles = bundleFunctions(planes === undefined ? ['site-deployment'] : undefined);
const site = apps === undefined ? undefined : buildApps();
// Awaited later: a failure before then is not unhandled.
site?.catch(() => undefined);
const { synthesize } = await import('../synthesize.ts');
if (planes !== undefined) {
  await synthesize({ outdir: planes, bundles, planes: true, site: undefined });
  process.send?.('planes');
}
if (apps !== undefined) {
  await synthesize({ outdir: apps, bundles, planes: false, site });
  process.send?.('apps');
}
process.disconnect?.();
