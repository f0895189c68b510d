import { App, Tags, Validations } from 'aws-cdk-lib';
import { bundleFunctions } from './constructs/bundle.ts';
import { ControlPlaneStack } from './stacks/control-plane-stack.ts';
import { TenantStack } from './stacks/tenant-stack.ts';

const app = new App({
  outdir: process.env['CDK_OUTDIR'] ?? 'cdk.out',
  analyticsReporting: false,
  context: { '@aws-cdk/core:validateAgainstDefaultRules': true },
});
// The local cloud's start leaves the checks out, which take longer than all else: tests, `npm run synth` and deployments do not.
if (process.env['CDK_VALIDATION'] !== 'false') {
  const { AwsSolutionsChecks } = await import('cdk-nag');
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
}

const bundles = bundleFunctions();
const controlPlane = new ControlPlaneStack(app, 'cotenant-control-plane', {
  bundles,
  description: 'Cotenant: the control plane',
});
const pooled = new TenantStack(app, 'cotenant-pooled', { bundles, description: 'Cotenant: what tenants use' });
// The tenant stack finds the control plane's tables in Parameter Store when it is deployed.
pooled.addStackDependency(controlPlane);
Tags.of(app).add('application', 'cotenant');

app.synth();
