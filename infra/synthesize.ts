import { App, Tags, Validations } from 'aws-cdk-lib';
import { checksAreWanted } from './constructs/checks.ts';
import { makeRelease } from './release/make-release.ts';
import { readCommit } from './release/read-commit.ts';
import { AppsStack } from './stacks/apps-stack.ts';
import { ControlPlaneStack } from './stacks/control-plane-stack.ts';
import { PipelineStack } from './stacks/pipeline-stack.ts';

/**
 * Writes the cloud assembly: the control plane, the pipeline with the release that tenant stacks are made from, the apps. `bundles`
 * resolves to where `bundleFunctions` put the functions, `site` to where `buildApps` put the apps; undefined: without the apps.
 */
export async function synthesize(bundles: Promise<string>, site: Promise<string> | undefined): Promise<void> {
  const props = { bundles: await bundles };
  const release = await makeRelease(props.bundles);
  const app = new App({
    outdir: process.env['CDK_OUTDIR'] ?? 'cdk.out',
    analyticsReporting: false,
    context: { '@aws-cdk/core:validateAgainstDefaultRules': true },
  });
  if (checksAreWanted) {
    const { AwsSolutionsChecks } = await import('cdk-nag');
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  }

  const controlPlane = new ControlPlaneStack(app, 'cotenant-control-plane', {
    ...props,
    description: 'Cotenant: the control plane',
  });
  const provisioning = new PipelineStack(app, 'cotenant-provisioning', {
    ...props,
    release,
    commit: readCommit(),
    description: 'Cotenant: releases, and the pipeline that makes tenant stacks from them',
  });
  // It finds the control plane's tables in Parameter Store when it is deployed.
  provisioning.addStackDependency(controlPlane);
  if (site) {
    const description = 'Cotenant: the web apps';
    const apps = new AppsStack(app, 'cotenant-apps', { ...props, site: await site, description });
    apps.addStackDependency(controlPlane);
  }
  Tags.of(app).add('application', 'cotenant');
  app.synth();
}
