/** The CDK app. The functions are bundled and the apps built while CDK, which is large, is being loaded. */
import { buildApps } from './constructs/build-apps.ts';
import { bundleFunctions } from './constructs/bundle.ts';
import { parts } from './parts.ts';

const bundles = bundleFunctions();
const site = buildApps();
// Awaited later: a failure before then is not unhandled.
site.catch(() => undefined);
const { synthesize } = await import('./synthesize.ts');
await synthesize({ outdir: process.env['CDK_OUTDIR'] ?? 'cdk.out', parts, bundles, site });
