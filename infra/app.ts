/** The CDK app. The functions are bundled while CDK, which is large, is being loaded. */
import { bundleFunctions } from './constructs/bundle.ts';

const bundles = bundleFunctions();
const { synthesize } = await import('./synthesize.ts');
await synthesize(bundles);
