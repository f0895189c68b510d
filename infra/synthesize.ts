import { App, Tags, Validations } from 'aws-cdk-lib';
import { checksAreWanted } from './constructs/checks.ts';
import { AppsStack } from './stacks/apps-stack.ts';
import { ControlPlaneStack } from './stacks/control-plane-stack.ts';
import { TenantStack } from './stacks/tenant-stack.ts';

/**
 * Writes the cloud assembly of all stacks. `bundles` resolves to where `bundleFunctions` put the functions, `site` to where `buildApps`
 * put the apps; undefined: without the apps.
 */
export async function synthesize(bundles: Promise<string>, site: Promise<string> | undefined): Promise<void> {
  const app = new App({
    outdir: process.env['CDK_OUTDIR'] ?? 'cdk.out',
    analyticsReporting: false,
    context: { '@aws-cdk/core:validateAgainstDefaultRules': true },
  });
  if (checksAreWanted) {
    const { AwsSolutionsChecks } = await import('cdk-nag');
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  }

  const props = { bundles: await bundles };
  const controlPlane = new ControlPlaneStack(app, 'cotenant-control-plane', {
    ...props,
    description: 'Cotenant: the control plane',
  });
  const pooled = new TenantStack(app, 'cotenant-pooled', { ...props, description: 'Cotenant: what tenants use' });
  // The tenant stack finds the control plane's tables in Parameter Store when it is deployed.
  pooled.addStackDependency(controlPlane);
  if (site) {
    const description = 'Cotenant: the web apps';
    const apps = new AppsStack(app, 'cotenant-apps', { ...props, site: await site, description });
    apps.addStackDependency(controlPlane);
  }
  Tags.of(app).add('application', 'cotenant');
  app.synth();
}
